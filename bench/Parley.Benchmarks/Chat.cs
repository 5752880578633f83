using System.Text;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Benchmarks;

/// <summary>What is said in all benchmarks: a line of ordinary length by somebody with an ordinary name.</summary>
internal static class Chat
{
    public const string AuthorName = "Member0";

    public static ReadOnlyMemory<byte> Text { get; } = Encoding.UTF8.GetBytes("Has anybody seen the otter? It was here.");

    public static RoomName Room { get; } = RoomName.TryParse("main", out var name) ? name : throw new InvalidOperationException();

    public static MessagePosted Message { get; } =
        new(Room, Sequence: 1, DateTimeOffset.UnixEpoch, new Actor(UserId: 1, NameOf(0)), new MessageDraft(MessageKind.Text, Text));

    public static UserName NameOf(int member)
        => UserName.TryParse($"Member{member}", out var name) ? name : throw new InvalidOperationException();
}
