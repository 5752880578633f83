namespace Parley.Storage.Sqlite.Writing;

/// <summary>The writer's knowledge of a room: its id, and the highest number that was ever given in it.</summary>
internal sealed class RoomEntry(long id, long lastNumber)
{
    public long Id { get; } = id;

    public long LastNumber { get; set; } = lastNumber;

    /// <summary>True if the batch under way has a message for it.</summary>
    public bool IsTouched { get; set; }
}
