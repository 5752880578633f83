using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Benchmarks;

/// <summary>What is said in all benchmarks: a line of ordinary length by somebody with an ordinary name.</summary>
internal static class Chat
{
    public const string AuthorName = "Member0";

    public static ReadOnlyMemory<byte> Text { get; } = Encoding.UTF8.GetBytes("Has anybody seen the otter? It was here.");

    public static RoomName Room { get; } = RoomName.TryParse("main", out var name) ? name : throw new InvalidOperationException();

    public static MessagePosted Message { get; } =
        new(Room, Number: 1, DateTimeOffset.UnixEpoch, new Actor(UserId: 1, NameOf(0)), new MessageDraft(MessageKind.Text, Text));

    public static UserName NameOf(int member)
        => UserName.TryParse($"Member{member}", out var name) ? name : throw new InvalidOperationException();

    /// <summary>Goes on only if the broker has done at once what it was asked for.</summary>
    public static void Demand(ValueTask<Decision> decision)
    {
        if (decision.IsCompletedSuccessfully && decision.Result.Verdict == Verdict.Accepted)
        {
            return;
        }

        throw new InvalidOperationException("The broker refused, or has the benchmark wait.");
    }
}
