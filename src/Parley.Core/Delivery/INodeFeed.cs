using Parley.Core.Events;

namespace Parley.Core.Delivery;

/// <summary>Takes what happens in rooms to another node, which shows it to the sessions that it has there.</summary>
/// <remarks>All of it goes there in the order of the calls. They come under the room's gate: they MUST NOT block, throw, or call back into the core.</remarks>
internal interface INodeFeed
{
    /// <summary>An event that members are shown, and that changes the room as far as it is about that.</summary>
    /// <param name="room">The room.</param>
    /// <param name="entry">The event.</param>
    /// <param name="audience">Number of the audience, if the event is to be shown to some only; 0 for all.</param>
    /// <param name="told">Owners of the outboxes that have seen it already.</param>
    /// <param name="author">Owner of the outbox whose session is shown it by itself; 0 for nobody's.</param>
    void Happened(RoomLife room, RoomEvent entry, long audience, long[] told, long author);

    /// <summary>An event that changes the room, and that members are not shown, or each by itself.</summary>
    void Folded(RoomLife room, RoomEvent entry);

    /// <summary>All that was said in the room goes ahead of what comes in other rooms.</summary>
    void Advance(RoomLife room);
}
