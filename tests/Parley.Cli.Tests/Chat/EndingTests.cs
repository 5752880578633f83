using Parley.Cli.Chat;
using Parley.Cli.Terminal;

namespace Parley.Cli.Tests.Chat;

public sealed class EndingTests
{
    [Fact(Timeout = 30_000)]
    public async Task At_the_end_of_the_input_the_chat_shows_what_still_comes_until_the_server_closes()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await chat.TypeAsync("hi\n");
        chat.EndInput();
        await server.AcceptAsync();
        Assert.Equal("hi\n", await server.HearToEndAsync());
        Assert.False(chat.ExitCode.IsCompleted);

        await server.SayAsync("You are Fox\nFox: hi\nbye");
        server.Close();

        Assert.Equal("You are Fox\nFox: hi\nbye\n", await chat.SeeRestAsync());
        Assert.Equal(0, await chat.ExitCode);
        Assert.Equal("", chat.Notices);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/quit\n")]
    [InlineData("  /quit now\n")]
    public async Task After_quit_the_closing_of_the_server_is_no_surprise(string quit)
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await chat.TypeAsync(quit);
        await server.AcceptAsync();
        await server.HearAsync();
        await server.SayAsync("You are Fox");
        server.Close();

        Assert.Equal(0, await chat.ExitCode);
        Assert.Equal("", chat.Notices);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_is_not_let_in_has_said_nothing()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await chat.TypeAsync("hi\n");
        chat.EndInput();
        await server.AcceptAsync();
        await server.SayAsync("ERROR :This port is for TLS");
        server.Close();

        Assert.Equal(1, await chat.ExitCode);
        Assert.Equal("Server closed the connection\n", chat.Notices.ReplaceLineEndings("\n"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/quitter\n", false)]
    [InlineData("say /quit\n", false)]
    [InlineData("/quit\n", true)]
    public async Task Any_other_line_does_not_excuse_the_server(string line, bool addressed)
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, addressed, login: "fox");
        await chat.TypeAsync(line);
        await server.AcceptAsync();
        await server.HearAsync();
        await server.HearAsync();
        server.Close();

        Assert.Equal(1, await chat.ExitCode);
        Assert.Equal("Server closed the connection\n", chat.Notices.ReplaceLineEndings("\n"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_closes_unasked_is_told_after_its_last_lines()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();
        await server.SayAsync("Server is going down\n");
        server.Close();

        Assert.Equal("Server is going down\n", await chat.SeeRestAsync());
        Assert.Equal(1, await chat.ExitCode);
        Assert.Equal("Server closed the connection\n", chat.Notices.ReplaceLineEndings("\n"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lost_connection_is_an_error_even_after_the_end_of_the_input()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        chat.EndInput();
        await server.AcceptAsync();
        Assert.Null(await server.HearAsync());
        server.Reset();

        Assert.Equal(1, await chat.ExitCode);
        Assert.StartsWith("Connection lost: ", chat.Notices, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reset_after_quit_is_an_end_like_any_other()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await chat.TypeAsync("/quit\n");
        await server.AcceptAsync();
        await server.HearAsync();
        server.Reset();

        Assert.Equal(0, await chat.ExitCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_interrupt_ends_the_chat_at_once_and_closes_the_connection()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();
        Task<string?> heard = server.HearAsync();

        chat.End(ExitCode.Interrupted);

        Assert.Equal(130, await chat.ExitCode);
        Assert.Null(await heard);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_interrupt_does_not_wait_for_a_screen_that_is_stuck()
    {
        using var server = new ScriptedServer();
        using var screen = new StuckStream();
        using var chat = new InProcessChat(server, screen: screen);
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");
        await screen.Written;

        chat.End(ExitCode.Interrupted);

        Assert.Equal(130, await chat.ExitCode);
    }

    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource _written = new();

        public Task Written => _written.Task;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _written.SetResult();
            return new ValueTask(new TaskCompletionSource().Task);
        }
    }
}
