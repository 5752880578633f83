using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/batch</summary>
public sealed class BatchTests : MessageTest
{
    [Fact]
    [Quote(Batch, "Reference tag MUST contain only ASCII letters, numbers, and/or hyphen, and MUST be case-sensitive.")]
    [Quote(Batch, "For every started batch, server MUST end that batch.")]
    [Quote(Batch, "The batched events MUST use `batch` message tag referring to the batch's reference tag.")]
    [Quote(Batch, "Messages before start and after end of a batch (including start and end messages of that batch) MUST NOT refer to that batch.")]
    public async Task Batches_begin_and_end_and_what_is_between_says_so()
    {
        var (ann, _) = await MeetAsync("labeled-response batch echo-message message-tags draft/multiline draft/metadata-2");
        var lines = await ann.AskAsync("@label=1 NAMES #room");
        lines.AddRange(await ann.AskAsync("@label=2 PRIVMSG #room :" + new string('x', 480)));
        lines.AddRange(await ann.AskAsync("@label=3 METADATA * LIST"));
        lines.AddRange(await ann.AskAsync("METADATA * GET a b"));
        lines.AddRange(await ann.AskAsync("@label=4 PRIVMSG #room,Bob :hello"));
        AssertWellFormed(lines);
    }

    [Fact]
    [Quote(Batch, "An empty batch is allowed, and SHOULD be treated as a no-op, unless demanded otherwise by the specification for that batch type.")]
    public async Task A_batch_may_be_empty()
    {
        var ann = await Server.RegisterAsync("Ann", "batch draft/metadata-2");
        var lines = await ann.AskAsync("METADATA * LIST");
        Assert.Equal(["BATCH", "BATCH"], lines.Select(line => line.Command));
        AssertWellFormed(lines);
    }

    [Fact]
    public async Task A_batch_that_is_all_of_an_answer_has_the_label_itself()
    {
        var ann = await Server.RegisterAsync("Ann", "batch labeled-response draft/metadata-2");
        var lines = await ann.AskAsync("@label=x METADATA * GET avatar");
        Assert.Equal(["metadata", "x"], [lines[0].Parameters[1], lines[0].Tags["label"]]);
        Assert.Equal(["BATCH", "766", "BATCH"], lines.Select(line => line.Command));
        AssertWellFormed(lines);
    }

    [Fact]
    [Quote(Batch, "If they do, they both MUST have batch tag, and they MUST refer to the same batch.")]
    public async Task A_batch_within_a_batch_says_so_at_both_ends()
    {
        var (ann, _) = await MeetAsync("batch labeled-response echo-message draft/multiline");
        var lines = await ann.AskAsync($"@label=x PRIVMSG #room,Bob :{new string('x', 480)}");

        Assert.Equal(6, lines.Count(line => line.Command == "BATCH"));
        Assert.All(lines.Where(line => line.Parameters is [_, "draft/multiline", _]), line => Assert.Equal(lines[0].Parameters[0][1..], line.Tags["batch"]));
        AssertWellFormed(lines);
    }

    /// <summary>Every batch is begun once and ended once, its lines are between, and a batch in a batch is in it at both ends.</summary>
    private static void AssertWellFormed(List<IrcLine> lines)
    {
        var open = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var parent = line.Tags.GetValueOrDefault("batch");
            Assert.True(parent is null || open.ContainsKey(parent), line.Raw);
            if (line.Command != "BATCH")
            {
                continue;
            }

            var id = line.Parameters[0][1..];
            Assert.Matches("^[A-Za-z0-9-]+$", id);
            if (line.Parameters[0][0] == '+')
            {
                Assert.True(open.TryAdd(id, parent), line.Raw);
            }
            else
            {
                Assert.True(open.Remove(id, out var begunIn) && begunIn == parent, line.Raw);
            }
        }

        Assert.Empty(open);
    }
}
