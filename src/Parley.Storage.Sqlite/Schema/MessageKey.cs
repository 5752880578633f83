namespace Parley.Storage.Sqlite.Schema;

/// <summary>The key of a message in its table: <c>room id &lt;&lt; 40 | number</c>.</summary>
internal static class MessageKey
{
    private const int NumberBits = 40;

    /// <summary>A room has no number above this: a million messages a second for twelve days.</summary>
    public const long MaxNumber = (1L << NumberBits) - 1;

    public static long Of(long room, long number) => (room << NumberBits) | Math.Clamp(number, 0, MaxNumber);

    public static long RoomOf(long key) => key >> NumberBits;

    public static long NumberOf(long key) => key & MaxNumber;
}
