using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Server.Posting;

/// <summary>Says things in rooms for programs that have no connection: what comes by HTTP, by the collector, or from the application that hosts the server.</summary>
public interface IRoomPoster
{
    /// <summary>
    /// Says something in a room. Whoever it is in the name of is here from then on, and in the rooms that were posted to,
    /// until nothing was posted for ten minutes.
    /// </summary>
    /// <param name="author">Under which name.</param>
    /// <param name="room">Where; it is made if there is none.</param>
    /// <param name="text">One line.</param>
    /// <param name="kind">Said or done.</param>
    /// <param name="cancellationToken">Gives up waiting; what was accepted stays accepted.</param>
    /// <exception cref="PostException">It was not said, or nobody knows.</exception>
    Task<PostedMessage> PostAsync(
        UserName author, RoomName room, string text, MessageKind kind = MessageKind.Text, CancellationToken cancellationToken = default);
}
