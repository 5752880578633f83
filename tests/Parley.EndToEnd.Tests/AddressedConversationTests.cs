using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The conversation of docs/protocols/addressed.md, and the one across protocols.</summary>
public sealed class AddressedConversationTests
{
    [Fact]
    public async Task Alice_and_bob_talk_as_in_the_specification()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        (ChildProcess alice, ChildProcess bob) = await StartAliceAndBobAsync(server);
        await using (alice)
        await using (bob)
        {
            await alice.SendLineAsync("bob: hello");
            await bob.Output.ExpectAsync("from alice: hello");
            await bob.SendLineAsync("alice, bob: hi!");
            await bob.Output.ExpectAsync("from bob: hi!");
            await alice.Output.ExpectAsync("from bob: hi!");

            // A recipient named twice gets it once; the text may have colons and commas.
            await alice.SendLineAsync(" bob ,BOB, Bob : one, two: three");
            await bob.Output.ExpectAsync("from alice: one, two: three");

            // Nothing is sent on success: the next line for alice is the next one to her.
            await bob.SendLineAsync("alice: that was once");
            await alice.Output.ExpectAsync("from bob: that was once");

            // Who ends the input has still said what was said.
            await alice.SendLineAsync("bob: bye");
            alice.EndInput();
            await bob.Output.ExpectAsync("from alice: bye");
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_one_line_and_the_conversation_goes_on()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        (ChildProcess alice, ChildProcess bob) = await StartAliceAndBobAsync(server);
        await using (alice)
        await using (bob)
        {
            await alice.SendLineAsync("carol, bob: lunch?");
            await alice.Output.ExpectAsync("error: carol is not here");
            await bob.Output.ExpectAsync("from alice: lunch?");

            await alice.SendLineAsync("lunch?");
            await alice.Output.ExpectAsync("error: The line has no ':', write name1, name2: text");
            await alice.SendLineAsync(" , : lunch?");
            await alice.Output.ExpectAsync("error: The line has no name before the ':', write name1, name2: text");
            await alice.SendLineAsync("bob: " + new string('x', 396));
            await alice.Output.ExpectAsync("error: Messages can only be 400 bytes long, send it in parts");
            await alice.SendBytesAsync([.. "bob: "u8, 0xC3, 0x28, 0x0A]);
            await alice.Output.ExpectAsync("error: Messages must be UTF-8, send it again in that encoding");
            await alice.SendLineAsync(string.Join(',', Enumerable.Range(0, 21).Select(i => $"name{i}")) + ": hi");
            await alice.Output.ExpectAsync("error: Messages can only go to 20 names at once, send it again to fewer");

            await alice.SendLineAsync("bob: " + new string('x', 395));
            await bob.Output.ExpectAsync("from alice: " + new string('x', 395));
        }
    }

    [Theory]
    [InlineData("bob", "error: bob is already taken, connect again with another name as the first line")]
    [InlineData("BOB", "error: BOB is already taken, connect again with another name as the first line")]
    [InlineData("", "error: Name must be 2 - 20 alphanumeric chars, connect again with such a name as the first line")]
    [InlineData("two words", "error: Name must be 2 - 20 alphanumeric chars, connect again with such a name as the first line")]
    public async Task A_login_that_will_not_do_is_told_and_closed_and_changes_nothing(string login, string answer)
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.LogInAsync(server.AddressedPort, "bob");
        await using ChildProcess other = Programs.StartNetcat(server.AddressedPort);

        await other.SendLineAsync(login);

        await other.Output.ExpectAsync(answer);
        await other.ExpectClosedAsync();
        await bob.SayAsync("bob: still me");
        await bob.Heard.ExpectAsync("from bob: still me");
    }

    [Fact]
    public async Task A_login_that_does_not_come_is_told_and_closed()
    {
        await using ParleyServer server = await ParleyServer.StartAsync("--login-timeout", "100ms");
        using Chatter nobody = await Chatter.ConnectAsync(server.AddressedPort, "nobody");

        await nobody.Heard.ExpectAsync("error: No name came within 1 s, connect again and send a name as the first line");
        await nobody.Heard.ExpectEndAsync();
    }

    [Fact]
    public async Task Users_of_lines_and_addressed_reach_each_other()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess alice = Programs.StartNetcat(server.AddressedPort);
        await alice.SendLineAsync("alice");
        await alice.SendLineAsync("alice: here");
        await alice.Output.ExpectAsync("from alice: here");
        using Chatter lena = await Chatter.JoinAsync(server.LinesPort, "Lena");

        await lena.SayAsync("/msg ALICE hello over there");
        await lena.Heard.ExpectAsync("to alice: hello over there");
        await alice.Output.ExpectAsync("from Lena: hello over there");
        await alice.SendLineAsync("lena: hello yourself");
        await lena.Heard.ExpectAsync("from alice: hello yourself");

        // One set of names, but the rooms are for lines alone.
        await lena.SayAsync("/name Alice");
        await lena.Heard.ExpectAsync("Alice is already taken");
        await lena.SayAsync("/users");
        await lena.Heard.ExpectAsync("Users - Lena");
    }

    private static async Task<(ChildProcess Alice, ChildProcess Bob)> StartAliceAndBobAsync(ParleyServer server)
    {
        ChildProcess alice = await StartAsync(server, "alice");
        ChildProcess bob = await StartAsync(server, "bob");
        return (alice, bob);
    }

    private static async Task<ChildProcess> StartAsync(ParleyServer server, string name)
    {
        ChildProcess program = Programs.StartNetcat(server.AddressedPort);
        await program.SendLineAsync(name);
        await program.SendLineAsync($"{name}: am I in?");
        await program.Output.ExpectAsync($"from {name}: am I in?");
        return program;
    }
}
