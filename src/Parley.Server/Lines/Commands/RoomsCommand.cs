using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Lines;
using Parley.Server.Connections;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/rooms</c>: the rooms there are, the fullest first.</summary>
internal sealed class RoomsCommand() : LinesCommand("/rooms", "list rooms")
{
    /// <summary>More rooms than one line has space for: a name has two bytes at least, and six stand around it.</summary>
    private const int MaxListed = LinesWriter.MaxListBytes / 8;

    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => ListAsync(session, cancellationToken);

    private static async ValueTask<bool> ListAsync(LinesSession session, CancellationToken cancellationToken)
    {
        // Slice by slice, of which only what may be shown is remembered.
        var fullest = new PriorityQueue<RoomSummary, (int Users, RoomName Name)>(Comparer<(int Users, RoomName Name)>.Create(
            (left, right) => left.Users != right.Users ? left.Users.CompareTo(right.Users) : right.Name.CompareTo(left.Name)));
        var (all, last) = (0, default(RoomName));
        await session.AnswerInSlicesAsync(
            async token =>
            {
                var page = await session.LookAsync(new ListRooms(last, AnswerTurns.SliceSize), token);
                foreach (var room in page.Items)
                {
                    all++;
                    fullest.Enqueue(room, (room.Users, room.Name));
                    if (fullest.Count > MaxListed)
                    {
                        fullest.Dequeue();
                    }
                }

                last = page.Next;
                return !last.IsEmpty;
            },
            cancellationToken);

        var rooms = new List<(string Name, int Users)>(fullest.Count);
        while (fullest.TryDequeue(out var room, out _))
        {
            rooms.Add((room.Name.Value, room.Users));
        }

        rooms.Reverse();
        session.Reply(output => LinesWriter.Rooms(output, rooms, all - rooms.Count));
        return true;
    }
}
