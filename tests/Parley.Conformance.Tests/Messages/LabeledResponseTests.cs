using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/labeled-response</summary>
public sealed class LabeledResponseTests : MessageTest
{
    private const string Caps = "labeled-response batch";

    [Theory]
    [InlineData("PRIVMSG #room :hello")]
    [InlineData("PRIVMSG Bob :hello")]
    [InlineData("NOTICE Nobody :hello")]
    [InlineData("PONG x")]
    [InlineData("NICK Ann")]
    [InlineData("MODE #room +n")]
    [InlineData("MODE #room -b nobody!*@*")]
    [InlineData("MODE Ann -i")]
    [InlineData("RENAME #room #Room")]
    [InlineData("JOIN #room,#ROOM")]
    [InlineData("PRIVMSG #room,Bob :hello")]
    [InlineData("NOTICE Nobody,#nowhere :hello")]
    [Quote(LabeledResponse, "Servers MUST respond with a labeled `ACK` message when a client sends a labeled command that normally produces no response.")]
    public async Task What_has_no_answer_is_acknowledged(string line)
    {
        var (ann, _) = await MeetAsync(Caps);
        var answer = Assert.Single(await ann.AskAsync($"@label=abc {line}"));
        Assert.Equal(["ACK", "abc", ":parley ACK"], [answer.Command, answer.Tags["label"], answer.Body]);
    }

    [Theory]
    [InlineData("PRIVMSG Nobody :hello", "401")]
    [InlineData("PRIVMSG #nowhere :hello", "403")]
    [InlineData("PRIVMSG", "411")]
    [InlineData("PRIVMSG #room", "412")]
    [InlineData("NOSUCH", "421")]
    [InlineData("JOIN", "461")]
    [InlineData("PING x", "PONG")]
    [InlineData("NICK #", "432")]
    [InlineData("MODE #room +Z", "472")]
    [InlineData("MODE #room +o Nobody", "401")]
    [InlineData("MODE #room +b", "368")]
    [InlineData("JOIN #", "403")]
    [InlineData("NAMES #nowhere", "366")]
    [InlineData("PRIVMSG Bob,Nobody :hello", "401")]
    [InlineData("TOPIC #room :news", "TOPIC")]
    [Quote(LabeledResponse, "For any message received from a client that includes this tag, the server MUST include the same tag and value in any response required from this message where it is feasible to do so.")]
    public async Task One_answer_has_the_label_itself(string line, string command)
    {
        var (ann, _) = await MeetAsync(Caps);
        var answer = Assert.Single(await ann.AskAsync($"@label=dc11f13f11 {line}"));
        Assert.Equal([command, "dc11f13f11"], [answer.Command, answer.Tags["label"]]);
    }

    [Theory]
    [InlineData("NAMES #room")]
    [InlineData("LUSERS")]
    [InlineData("JOIN #other")]
    [InlineData("JOIN #other,#third")]
    [InlineData("PRIVMSG Nobody,#nowhere :hello")]
    [InlineData("NAMES #nowhere,#nothing")]
    [InlineData("KICK #room Nobody,Bob")]
    [InlineData("MODE #room +mZ")]
    [Quote(LabeledResponse, "If a response consists of more than one message, a batch MUST be used to group them into a single logical response.")]
    [Quote(LabeledResponse, "The start of the batch MUST be tagged with the `label` tag.")]
    [Quote(LabeledResponse, "Servers MUST include the tag in exactly one logical message.")]
    public async Task Several_answers_are_a_batch(string line)
    {
        var (ann, _) = await MeetAsync(Caps);
        var answers = await ann.AskAsync($"@label=mGhe5V7RTV {line}");
        AssertIsBatch(answers, "mGhe5V7RTV");
        Assert.True(answers.Count > 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("JOIN #room")]
    [InlineData("JOIN #room,#other,#third")]
    public async Task What_the_client_changes_about_itself_has_the_label_and_comes_once(string before)
    {
        var ann = await Server.RegisterAsync("Ann", Caps + " setname");
        await ann.AskAsync(before);

        var renamed = Assert.Single(await ann.AskAsync("@label=x NICK Anna"));
        var described = Assert.Single(await ann.AskAsync("@label=y SETNAME :Anna K."));

        Assert.Equal((":Ann!~ann@localhost NICK Anna", "x"), (renamed.Body, renamed.Tags["label"]));
        Assert.Equal((":Anna!~ann@localhost SETNAME :Anna K.", "y"), (described.Body, described.Tags["label"]));
        Assert.Equal("ACK", Assert.Single(await ann.AskAsync("@label=z SETNAME :Anna K.")).Command);
    }

    [Fact]
    public async Task Others_are_not_shown_the_label_of_what_a_client_changes_about_itself()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps + " setname");

        await ann.SendAllAsync("@label=x NICK Anna", "@label=y SETNAME :Anna K.");
        Assert.Equal("ACK", (await ann.SyncAsync())[^1].Command);

        Assert.All(await bob.SyncAsync(), line => Assert.Empty(line.Tags));
    }

    [Fact]
    public async Task An_echo_has_the_label()
    {
        var (ann, bob) = await MeetAsync(Caps + " echo-message message-tags", "message-tags");
        foreach (var target in new[] { "#room", "Bob", "@#room" })
        {
            var echo = Assert.Single(await ann.AskAsync($"@label=x;+a=1 PRIVMSG {target} :hello"));
            Assert.Equal(["PRIVMSG", "x", "1"], [echo.Command, echo.Tags["label"], echo.Tags["+a"]]);
        }

        Assert.All(await bob.SyncAsync(), line => Assert.DoesNotContain("label", line.Tags.Keys));
    }

    [Fact]
    public async Task Echoes_to_several_targets_and_errors_are_one_batch()
    {
        var (ann, _) = await MeetAsync(Caps + " echo-message");
        var answers = await ann.AskAsync("@label=x PRIVMSG #room,Nobody,Bob :hello");
        AssertIsBatch(answers, "x");
        Assert.Equal(["401", "BATCH", "BATCH", "PRIVMSG", "PRIVMSG"], answers.Select(line => line.Command).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_echo_that_takes_several_lines_is_a_batch()
    {
        var (ann, _) = await MeetAsync(Caps + " echo-message message-tags");
        var text = new string('x', 510 - "PRIVMSG #room :".Length);

        var answers = await ann.AskAsync($"@label=x PRIVMSG #room :{text}");

        AssertIsBatch(answers, "x");
        Assert.Equal(text, string.Concat(answers.Where(line => line.Command == "PRIVMSG").Select(line => line.Text)));
    }

    [Fact]
    [Quote(LabeledResponse, "When a client sends a message to itself, the server MUST NOT include the label tag, except for any acknowledgment sent with the `echo-message` mechanism.")]
    public async Task To_itself_only_the_echo_has_the_label()
    {
        var ann = await Server.RegisterAsync("Ann", Caps + " echo-message");
        var lines = await ann.AskAsync("@label=x PRIVMSG Ann :hello");
        Assert.Equal(["PRIVMSG", "PRIVMSG"], lines.Select(line => line.Command));
        Assert.Single(lines, line => line.Tags.GetValueOrDefault("label") == "x");
    }

    [Fact]
    public async Task To_itself_without_echo_an_acknowledgment_has_it()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        var lines = await ann.AskAsync("@label=x PRIVMSG Ann :hello");
        Assert.Equal([("ACK", "x"), ("PRIVMSG", null)], lines.Select(line => (line.Command, line.Tags.GetValueOrDefault("label"))).Order());
    }

    [Fact]
    [Quote(LabeledResponse, "The tag value is chosen by the client and MUST be treated as an opaque identifier.")]
    public async Task Any_value_comes_back_as_it_was()
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        foreach (var label in new[] { "a\\sb\\:c\\\\", "=", "\u00e4\U0001F600", "0", new string('x', 64) })
        {
            var answer = Assert.Single(await ann.AskAsync($"@label={label} PONG"));
            Assert.Equal(IrcLine.Parse($"@label={label} X").Tags["label"], answer.Tags["label"]);
        }
    }

    [Theory]
    [InlineData("label")]
    [InlineData("label=")]
    [InlineData("label=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("LABEL=x")]
    [InlineData("+label=x")]
    [Quote(LabeledResponse, "The value MUST NOT exceed 64 bytes.")]
    public async Task What_is_no_label_is_ignored(string tag)
    {
        var ann = await Server.RegisterAsync("Ann", Caps);
        Assert.Empty(await ann.AskAsync($"@{tag} PONG"));
        Assert.Empty(Assert.Single(await ann.AskAsync($"@{tag} PRIVMSG Nobody :hello")).Tags);
    }

    [Theory]
    [InlineData("")]
    [InlineData("labeled-response")]
    [InlineData("batch message-tags")]
    [Quote(LabeledResponse, "This specification depends on the `batch` capability which MUST be negotiated to use labeled responses.")]
    public async Task Without_both_capabilities_labels_are_ignored(string capabilities)
    {
        var ann = await Server.RegisterAsync("Ann", capabilities);
        Assert.Empty(await ann.AskAsync("@label=x PONG"));
        Assert.Empty(Assert.Single(await ann.AskAsync("@label=x PRIVMSG Nobody :hello")).Tags);
    }

    [Fact]
    public async Task The_next_command_does_not_inherit_a_label()
    {
        var (ann, _) = await MeetAsync(Caps + " echo-message");
        await ann.AskAsync("@label=x NAMES #room");
        Assert.Empty(Assert.Single(await ann.AskAsync("PRIVMSG #room :hello")).Tags);
    }

    [Fact]
    public async Task Labels_of_many_lines_in_one_packet_come_back_in_order()
    {
        var (ann, _) = await MeetAsync(Caps + " echo-message");
        var lines = Enumerable.Range(0, 50).Select(i => $"@label=l{i} PRIVMSG #room :{i}\r\n");
        await ann.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines)));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => ($"l{i}", $"{i}")), (await ann.SyncAsync()).Select(line => (line.Tags["label"], line.Text)));
    }

    private static void AssertIsBatch(List<IrcLine> lines, string label)
    {
        var id = lines[0].Parameters[0];
        Assert.Equal(["BATCH", label, "labeled-response"], [lines[0].Command, lines[0].Tags["label"], lines[0].Parameters[1]]);
        Assert.StartsWith("+", id, StringComparison.Ordinal);
        Assert.All(lines[1..^1], line => Assert.Equal([("batch", id[1..])], line.Tags.Where(tag => tag.Key is "batch" or "label").Select(tag => (tag.Key, tag.Value))));
        Assert.Equal(["BATCH", "-" + id[1..]], [lines[^1].Command, lines[^1].Parameters[0]]);
        Assert.DoesNotContain("batch", lines[^1].Tags.Keys);
        Assert.DoesNotContain("label", lines[^1].Tags.Keys);
    }
}
