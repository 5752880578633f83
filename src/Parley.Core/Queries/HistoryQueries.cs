using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>
/// Messages of a room, oldest first; null if the viewer does not follow it. What the viewer is still to be shown is not among them,
/// and nothing is that was kept in another life of the room.
/// </summary>
/// <param name="Which">Which of them. What it says of lives is not looked at.</param>
public sealed record ReadRoom(HistoryQuery Which) : Query<IReadOnlyList<HistoryEntry>?>;

/// <summary>Names that a room had before, the oldest first, as far as messages are kept of then; none for a viewer who neither follows the room nor is the server.</summary>
/// <param name="Room">The room.</param>
public sealed record FindFormerNames(RoomName Room) : Query<IReadOnlyList<FormerName>>;

/// <summary>True if a message of a room is kept and was not taken back. Only the server is told: for anybody else there is none.</summary>
/// <param name="SaidIn">The name that the room had when it was said.</param>
/// <param name="Number">Its number.</param>
public sealed record HasMessage(RoomName SaidIn, long Number) : Query<bool>;

/// <summary>Messages of a room that have all the words; null if the viewer does not follow it. Searches of many take turns.</summary>
/// <param name="Which">Which of them. What it says of lives is not looked at.</param>
public sealed record SearchRoom(HistorySearch Which) : Query<SearchPage?>;

/// <summary>Direct messages between the viewer and another, oldest first.</summary>
/// <param name="With">The other.</param>
/// <param name="Which">Which of them; its room is not looked at.</param>
public sealed record ReadConversation(Correspondent With, HistoryQuery Which) : Query<IReadOnlyList<HistoryEntry>>;

/// <summary>With whom the viewer has exchanged direct messages, in the order of the last one with each.</summary>
/// <param name="Which">The bounds of those last messages, and how many conversations.</param>
public sealed record ListConversations(HistoryQuery Which) : Query<IReadOnlyList<Conversation>>;
