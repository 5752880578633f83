using Parley.Core.Names;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>One room in one state of the file: what is in place, and then what is not there yet.</summary>
/// <param name="Name">Its name; empty for a conversation of two.</param>
/// <param name="Id">Its id.</param>
/// <param name="Recent">Its messages that are not in place in this state, in order; all numbers are above those in place.</param>
internal sealed record RoomView(RoomName Name, long Id, ArraySegment<RecentMessage> Recent);
