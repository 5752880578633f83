using System.Text;

namespace Parley.Cli.Tests.Chat;

public sealed class ConversationTests
{
    [Fact(Timeout = 30_000)]
    public async Task Lines_go_both_ways_at_once()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();

        await server.SayAsync("You are Fox\nYou joined main\n");
        Assert.Equal("You are Fox", await chat.SeeAsync());
        Assert.Equal("You joined main", await chat.SeeAsync());

        await chat.TypeAsync("hi ");
        await chat.TypeAsync("there\nünï 🎉\n");
        Assert.Equal("hi there", await server.HearAsync());
        Assert.Equal("ünï 🎉", await server.HearAsync());

        await server.SayAsync("Fox: hi there\n");
        Assert.Equal("Fox: hi there", await chat.SeeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_login_on_lines_is_the_first_line_as_a_name_command()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, login: "alice");
        await chat.TypeAsync("hi\n");
        await server.AcceptAsync();

        Assert.Equal("/name alice", await server.HearAsync());
        Assert.Equal("hi", await server.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_password_is_sent_when_the_server_asks_for_it_and_nothing_is_said_before_it_is_over()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, login: "alice", password: "correct horse");
        await chat.TypeAsync("hi\n");
        await server.AcceptAsync();

        Assert.Equal("/login alice", await server.HearAsync());
        await server.SayAsync("bob: Send the password of alice as the next line\nSend the password of alice as the next line, or an empty line to give up\n");
        Assert.Equal("bob: Send the password of alice as the next line", await chat.SeeAsync());
        Assert.Equal("correct horse", await server.HearAsync());
        await server.SayAsync("You are logged in as alice\n");

        Assert.Equal("You are logged in as alice", await chat.SeeAsync());
        Assert.Equal("hi", await server.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_password_is_never_sent_to_a_server_that_does_not_ask_for_it()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, login: "alice", password: "correct horse");
        await chat.TypeAsync("hi\n");
        await server.AcceptAsync();
        Assert.Equal("/login alice", await server.HearAsync());

        await server.SayAsync("This server has no accounts\n");

        Assert.Equal("/name alice", await server.HearAsync());
        Assert.Equal("hi", await server.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_login_on_addressed_is_the_first_line_as_it_is()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server, addressed: true, login: "alice");
        await chat.TypeAsync("bob: hi\n");
        await server.AcceptAsync();

        Assert.Equal("alice", await server.HearAsync());
        Assert.Equal("bob: hi", await server.HearAsync());
        await server.SayAsync("from bob: hi!\n");
        Assert.Equal("from bob: hi!", await chat.SeeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_typed_is_sent_byte_for_byte_one_line_per_line()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await chat.TypeAsync("dos\r\n\nprogress 10%\rprogress 99%\nno end"u8.ToArray());
        chat.EndInput();
        await server.AcceptAsync();

        Assert.Equal("dos\n\nprogress 10%progress 99%\nno end\n", await server.HearToEndAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Input_without_a_line_end_does_not_fill_the_memory()
    {
        using var server = new ScriptedServer();
        using var chat = new InProcessChat(server);
        await server.AcceptAsync();
        byte[] endless = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));
        for (int i = 0; i < 32; i++)
        {
            await chat.TypeAsync(endless);
        }

        await chat.TypeAsync("\nafter\n");
        Assert.Equal("after", await server.HearAsync());
    }
}
