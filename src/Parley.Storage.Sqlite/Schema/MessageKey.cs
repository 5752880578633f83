using Parley.Core.History;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>Where a message is in its room: <c>room id &lt;&lt; 36 | number</c>.</summary>
internal static class MessageKey
{
    private const int NumberBits = 36;

    /// <summary>A room has no number above this.</summary>
    public const long MaxNumber = HistoryBounds.MaxNumber;

    public static long Of(long room, long number) => (room << NumberBits) | Math.Clamp(number, 0, MaxNumber);

    public static long RoomOf(long key) => key >> NumberBits;

    public static long NumberOf(long key) => key & MaxNumber;
}
