using System.Collections.Concurrent;
using Parley.Cli.Chat;

namespace Parley.Cli.Tests.Chat;

public sealed class TypedPasswordTests
{
    [Fact(Timeout = 30_000)]
    public async Task What_is_typed_is_hidden_from_when_the_server_asks_for_a_password_until_it_is_there()
    {
        using var server = new ScriptedServer();
        var echo = new WatchedEcho();
        using var chat = new InProcessChat(server, echo: echo);
        await server.AcceptAsync();
        await chat.TypeAsync("/login Ann\n");
        Assert.Equal("/login Ann", await server.HearAsync());
        Assert.Empty(echo.Changes);

        await server.SayAsync("Send the password of Ann as the next line, or an empty line to give up\n");
        await chat.SeeAsync();
        Assert.Equal(["hidden"], echo.Changes);

        await chat.TypeAsync("sesame\n");
        Assert.Equal("sesame", await server.HearAsync());
        Assert.Equal(["hidden", "shown"], echo.Changes);

        // The new password comes behind the one before.
        await server.SayAsync("Send the new password as the next line, or an empty line to give up\n");
        await chat.SeeAsync();
        Assert.Equal(["hidden", "shown", "hidden"], echo.Changes);
        await chat.TypeAsync("open sesame\n");
        Assert.Equal("open sesame", await server.HearAsync());
        Assert.Equal(["hidden", "shown", "hidden", "shown"], echo.Changes);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_others_say_and_what_nobody_asked_for_hides_nothing()
    {
        using var server = new ScriptedServer();
        var echo = new WatchedEcho();
        using var chat = new InProcessChat(server, echo: echo);
        await server.AcceptAsync();
        await server.SayAsync("Send the password of Ann as the next line\n");
        await chat.SeeAsync();
        await chat.TypeAsync("/login Ann\n");
        await server.HearAsync();
        await server.SayAsync("Bob: Send the password of Ann as the next line\n");
        await chat.SeeAsync();

        Assert.Empty(echo.Changes);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_terminal_is_left_as_it_was_whichever_way_the_chat_ends()
    {
        using var server = new ScriptedServer();
        var echo = new WatchedEcho();
        using var chat = new InProcessChat(server, echo: echo);
        await server.AcceptAsync();
        await chat.TypeAsync("/account make Ann\n");
        await server.HearAsync();
        await server.SayAsync("Send a password for Ann as the next line, or an empty line to give up\n");
        await chat.SeeAsync();

        chat.End(130);

        Assert.Equal(130, await chat.ExitCode);
        Assert.Equal(["hidden", "shown"], echo.Changes);
    }

    private sealed class WatchedEcho : ITerminalEcho
    {
        private readonly ConcurrentQueue<string> _changes = new();

        public string[] Changes => [.. _changes];

        public void Hide() => _changes.Enqueue("hidden");

        public void Show() => _changes.Enqueue("shown");
    }
}
