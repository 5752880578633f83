namespace Parley.Core.History;

/// <summary>Something that was said and accepted, on its way into history and then to those it is for.</summary>
/// <remarks>All methods are called on the recorder's thread, <see cref="Describe"/> first, then one of the others.</remarks>
internal abstract class Recording
{
    /// <summary>About how many bytes it holds while it waits.</summary>
    public abstract int Bytes { get; }

    /// <summary>Takes its numbers, and adds what is to be kept.</summary>
    public abstract void Describe(List<HistoryEntry> entries, DateTimeOffset time);

    /// <summary>Delivers it.</summary>
    /// <param name="publication">Takes the room that has to be flushed for it.</param>
    public abstract void Publish(Publication publication);

    /// <summary>Tells its author that it could not be kept and was not delivered.</summary>
    public abstract void Refuse();
}
