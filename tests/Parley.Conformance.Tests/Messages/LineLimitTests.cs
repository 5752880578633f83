using System.Text;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>How long lines may be, how they come in, and what becomes of a text that is too long for a line of others.</summary>
public sealed class LineLimitTests : MessageTest
{
    private const int MaxBody = 510;
    private const string Size = MessageTags + "#size-limit";

    [Fact]
    public async Task A_line_of_510_bytes_is_taken_and_one_of_511_is_not()
    {
        var (ann, bob) = await MeetAsync();
        const string Start = "PRIVMSG #room :";
        var longest = new string('x', MaxBody - Start.Length);

        Assert.Empty(await ann.AskAsync(Start + longest));
        Assert.Equal(longest, string.Concat((await bob.SyncAsync()).Select(line => line.Text)));

        var error = Assert.Single(await ann.AskAsync($"{Start}{longest}x"));
        Assert.Equal(["417", "Input line was too long, and nothing of it was sent"], [error.Command, error.Text]);
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task A_line_that_is_too_long_is_answered_once_and_the_next_one_is_read(int tooMany)
    {
        var (ann, bob) = await MeetAsync();
        await ann.SendAsync("PRIVMSG #room :" + new string('x', MaxBody + tooMany));
        await ann.SendAsync("PRIVMSG #room :next");
        Assert.Equal(["417"], (await ann.SyncAsync()).Select(line => line.Command));
        Assert.Equal(["next"], (await bob.SyncAsync()).Select(line => line.Text));
    }

    [Fact]
    [Quote(Size, "Clients MUST NOT send messages with tag data exceeding 4094 bytes, this includes tags with or without the client-only prefix.")]
    [Quote(Size, "The size limit for the rest of the message remains unchanged at 512 bytes.")]
    public async Task Tags_take_nothing_from_the_text_up_to_4094_bytes()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        var tags = "+a=" + new string('t', 4094 - 3);
        const string Start = "PRIVMSG #room :";
        var text = new string('x', MaxBody - Start.Length);

        Assert.Empty(await ann.AskAsync($"@{tags} {Start}{text}"));

        var heard = await bob.SyncAsync();
        Assert.Equal(4094 - 3, heard[0].Tags["+a"].Length);
        Assert.Equal(text, string.Concat(heard.Select(line => line.Text)));
    }

    [Theory]
    [InlineData("PRIVMSG #room :hello")]
    [InlineData("TAGMSG #room")]
    [Quote(Size, "Servers MUST reply with the `ERR_INPUTTOOLONG` (`417`) error numeric if a client sends a message with more tag data than the allowed limit.")]
    [Quote(Size, "Servers MUST NOT truncate tags and MUST always reject lines that exceed this limit.")]
    public async Task More_tags_are_refused_with_all_of_the_line(string line)
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        var tags = "+a=" + new string('t', 4094 - 3 + 1);
        Assert.Equal("417", Assert.Single(await ann.AskAsync($"@{tags} {line}")).Command);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Lines_may_come_byte_by_byte()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        foreach (var octet in Encoding.UTF8.GetBytes("@+a=b PRIVMSG #room :\u00e4 b\u00fct by byte\r\n"))
        {
            await ann.SendRawAsync(new[] { octet });
        }

        await ann.SyncAsync();
        var heard = await bob.ExpectAsync("PRIVMSG");
        Assert.Equal(["b", "\u00e4 b\u00fct by byte"], [heard.Tags["+a"], heard.Text]);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\n\n\n")]
    public async Task Lines_may_come_all_at_once_and_end_in_either_way(string ending)
    {
        var (ann, bob) = await MeetAsync();
        var lines = Enumerable.Range(0, 500).Select(i => $"PRIVMSG #room :{i}{ending}");
        await ann.SendRawAsync(Encoding.UTF8.GetBytes(string.Concat(lines)));
        Assert.Empty(await ann.SyncAsync());
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), (await bob.SyncAsync()).Select(line => line.Text));
    }

    [Theory]
    [InlineData("PRIVMSG #room :a\0b")]
    [InlineData("PRIV\0MSG #room :ab")]
    [InlineData("PRIVMSG #room\0 :ab\0")]
    public async Task NUL_is_left_out(string line)
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync(line);
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :ab");
    }

    [Fact]
    public async Task A_carriage_return_within_a_line_is_left_out()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG #room :a\rQUIT :b");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :aQUIT :b");
    }

    [Fact]
    public async Task A_text_too_long_for_others_lines_is_split_after_words_and_nothing_is_lost()
    {
        var (ann, bob) = await MeetAsync(bob: "message-tags");
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"w{i}"))[..(MaxBody - "PRIVMSG #room :".Length)];

        await ann.AskAsync($"PRIVMSG #room :{text}");

        var heard = await bob.SyncAsync();
        Assert.Equal(2, heard.Count);
        Assert.All(heard, line => Assert.InRange(Encoding.UTF8.GetByteCount(line.Body), 1, MaxBody));
        Assert.EndsWith(" ", heard[0].Text, StringComparison.Ordinal);
        Assert.Equal(text, string.Concat(heard.Select(line => line.Text)));
        Assert.Equal([true, false], heard.Select(line => line.Tags.ContainsKey("msgid")));
    }

    [Theory]
    [InlineData("\u00e4", 2)]
    [InlineData("\u4e2d", 3)]
    [InlineData("\U0001F600", 4)]
    public async Task One_long_word_is_split_between_characters(string character, int bytes)
    {
        var (ann, bob) = await MeetAsync();
        var text = string.Concat(Enumerable.Repeat(character, (MaxBody - "PRIVMSG #room :x".Length) / bytes));

        await ann.AskAsync($"PRIVMSG #room :x{text}");

        var heard = await bob.SyncAsync();
        Assert.True(heard.Count > 1);
        Assert.All(heard, line => Assert.InRange(Encoding.UTF8.GetByteCount(line.Body), 1, MaxBody));
        Assert.Equal("x" + text, string.Concat(heard.Select(line => line.Text)));
    }

    [Fact]
    public async Task An_action_that_is_split_is_an_action_in_each_part()
    {
        var (ann, bob) = await MeetAsync();
        var text = new string('x', MaxBody - "PRIVMSG #room :\u0001ACTION \u0001".Length);

        await ann.AskAsync($"PRIVMSG #room :\u0001ACTION {text}\u0001");

        var heard = await bob.SyncAsync();
        Assert.All(heard, line => Assert.Matches("^\u0001ACTION x+\u0001$", line.Text));
        Assert.Equal(text, string.Concat(heard.Select(line => line.Text["\u0001ACTION ".Length..^1])));
    }

    [Fact]
    public async Task A_long_text_is_one_message_for_people_on_lines()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");
        var text = new string('x', MaxBody - "PRIVMSG #main :".Length);

        await ann.AskAsync($"PRIVMSG #main :{text}");

        await lena.ExpectAsync($"Ann: {text}");
    }

    [Fact]
    public async Task The_longest_text_from_lines_fits_into_one_line()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");
        var text = new string('x', 400);

        await lena.SendLineAsync(text);
        await lena.ExpectAsync($"Lena: {text}");

        Assert.Equal([text], (await ann.SyncAsync()).Select(line => line.Text));
    }
}
