namespace Parley.Core.Rooms;

/// <summary>Registered rooms cannot be kept or read at the moment; the message says why, and what to do, in one line.</summary>
public sealed class RoomRegistryException : Exception
{
    /// <summary>Wraps the failure of the store.</summary>
    public RoomRegistryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
