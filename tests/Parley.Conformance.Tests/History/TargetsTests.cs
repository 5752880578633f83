using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#targets</summary>
public sealed class TargetsTests : HistoryTest
{
    private const string Past = "timestamp=2020-01-01T00:00:00.000Z";
    private const string Future = "timestamp=2030-01-01T00:00:00.000Z";

    [Fact]
    [Quote(Spec, "For `TARGETS`, the batch MUST have type `draft/chathistory-targets`.")]
    [Quote(Spec, "Instead, it lists channels the user has visible history in, together with users with which the user has exchanged direct messages, ordered by the time of the latest message in the channel history or direct message conversation")]
    public async Task Rooms_and_conversations_are_listed_by_their_last_message()
    {
        var (ann, _, said) = await TalkAsync();

        var targets = await TargetsAsync(ann, $"{Past} {Future} 10");

        Assert.Equal(
            [$"TARGETS #two {said[1].Tags["time"]}", $"TARGETS Bob {said[2].Tags["time"]}", $"TARGETS #one {said[3].Tags["time"]}"],
            targets.Select(line => string.Join(' ', line.Parameters)));
        Assert.All(targets, line => Assert.Equal("CHATHISTORY", line.Command));
    }

    [Fact]
    [Quote(Spec, "The parameters have the same semantics as `BETWEEN`, except that they MUST be timestamps and not msgids.")]
    public async Task They_are_counted_from_the_first_time_and_bounded_by_both()
    {
        var (ann, _, said) = await TalkAsync();
        var time = Ref(said[2], byId: false);

        Assert.Equal(["#two"], Names(await TargetsAsync(ann, $"{Past} {Future} 1")));
        Assert.Equal(["#one"], Names(await TargetsAsync(ann, $"{Future} {Past} 1")));
        Assert.Equal(["#two"], Names(await TargetsAsync(ann, $"{Past} {time} 9")));
        Assert.Equal(["#one"], Names(await TargetsAsync(ann, $"{time} {Future} 9")));
    }

    [Fact]
    public async Task Rooms_that_one_is_not_in_and_others_conversations_are_not_listed()
    {
        var (ann, bob, _) = await TalkAsync();
        var cyd = await Server.RegisterAsync("Cyd", Full);

        Assert.Empty(await TargetsAsync(cyd, $"{Past} {Future} 10"));
        Assert.Equal(["Ann"], Names(await TargetsAsync(bob, $"{Past} {Future} 10")));
        await ann.AskAsync("PART #one");
        Assert.Equal(["#two", "Bob"], Names(await TargetsAsync(ann, $"{Past} {Future} 10")));
    }

    [Fact]
    public async Task Nothing_is_an_empty_batch()
    {
        var ann = await Server.RegisterAsync("Ann", Full);

        Assert.Empty(await TargetsAsync(ann, $"{Past} {Future} 10"));
    }

    [Theory]
    [InlineData($"msgid=x {Future} 10", "INVALID_PARAMS", "TARGETS", "msgid=x")]
    [InlineData($"{Past} * 10", "INVALID_PARAMS", "TARGETS", "*")]
    [InlineData($"{Past} timestamp=yesterday 10", "INVALID_PARAMS", "TARGETS", "timestamp=yesterday")]
    [InlineData($"timestamp=2026-06-01T11:00:00.000+02:00 {Future} 10", "INVALID_PARAMS", "TARGETS", "timestamp=2026-06-01T11:00:00.000+02:00")]
    [InlineData($"timestamp=2026-06-01T11:00:00.000 {Future} 10", "INVALID_PARAMS", "TARGETS", "timestamp=2026-06-01T11:00:00.000")]
    [InlineData($"{Past} {Future} none", "INVALID_PARAMS", "TARGETS", "none")]
    [InlineData($"{Past} {Future}", "INVALID_PARAMS", "TARGETS")]
    [InlineData($"#room {Past} {Future} 10", "INVALID_PARAMS", "TARGETS")]
    public async Task What_makes_no_sense_is_refused(string parameters, params string[] refusal)
    {
        var ann = await Server.RegisterAsync("Ann", Full);

        await RefusedAsync(ann, $"CHATHISTORY TARGETS {parameters}", ["CHATHISTORY", .. refusal]);
    }

    private static Task<IrcLine[]> TargetsAsync(IrcClient client, string parameters)
        => BatchAsync(client, $"CHATHISTORY TARGETS {parameters}", "draft/chathistory-targets");

    private static IEnumerable<string> Names(IEnumerable<IrcLine> targets) => targets.Select(line => line.Parameters[1]);

    /// <summary>Ann, who has said something in <c>#one</c>, <c>#two</c>, to Bob, and in <c>#one</c> again.</summary>
    private async Task<(IrcClient Ann, IrcClient Bob, IrcLine[] Said)> TalkAsync()
    {
        var bob = await Server.RegisterAsync("Bob", Full);
        var ann = await Server.JoinAsync("Ann", "#one,#two", Full);
        var said = new List<IrcLine>();
        foreach (var target in new[] { "#one", "#two", "bob", "#one" })
        {
            said.AddRange(await SayAsync(ann, target, 1));
        }

        await bob.SyncAsync();
        return (ann, bob, [.. said]);
    }
}
