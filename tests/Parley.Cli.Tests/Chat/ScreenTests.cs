namespace Parley.Cli.Tests.Chat;

public sealed class ScreenTests
{
    [Fact(Timeout = 30_000)]
    public async Task Control_characters_in_a_line_never_reach_the_screen()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();

        await server.SayAsync("Fox: \e[2Jgone\a \u009b31mred\u007f\ttab\0 ünï\r!\n");

        Assert.Equal("Fox: [2Jgone 31mred\ttab ünï!", await chat.SeeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Characters_that_break_or_reorder_a_line_never_reach_the_screen()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();

        await server.SayAsync("Fox: a\u2028Bob: b\u2029c\u202Ed\u2066e\u200F\u061C!\n");

        Assert.Equal("Fox: aBob: bcde!", await chat.SeeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task With_colour_what_people_say_stands_out_from_the_rest()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, colour: true);
        await server.AcceptAsync();

        await server.SayAsync("Fox joined\nFox: hi\nfrom Fox: psst\n");

        Assert.Equal("\e[2mFox joined\e[0m", await chat.SeeAsync());
        Assert.Equal("Fox: hi", await chat.SeeAsync());
        Assert.Equal("from Fox: psst", await chat.SeeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_screen_whose_reader_has_gone_ends_the_chat_quietly()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, screen: new FailingStream(hResult: 32));
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");

        Assert.Equal(0, await chat.ExitCode);
        Assert.Equal("", chat.Notices);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_screen_that_cannot_be_written_to_is_an_error_that_says_why()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, screen: new FailingStream(hResult: 28));
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");

        Assert.Equal(1, await chat.ExitCode);
        Assert.Equal("Cannot write the output: it failed\n", chat.Notices.ReplaceLineEndings("\n"));
    }

    private sealed class FailingStream(int hResult) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("it failed", hResult));
    }
}
