namespace Parley.Storage.Sqlite.Writing;

/// <summary>The writer's knowledge of a room: its id, the highest number that was ever given in it, and the time of its last message.</summary>
internal sealed class RoomEntry(long id, long lastNumber)
{
    public long Id { get; } = id;

    public long LastNumber { get; set; } = lastNumber;

    /// <summary>Stored time of the message of the highest number; null as long as nobody has looked.</summary>
    public long? LastTime { get; set; }

    /// <summary>True if the batch under way has a message for it.</summary>
    public bool IsTouched { get; set; }
}
