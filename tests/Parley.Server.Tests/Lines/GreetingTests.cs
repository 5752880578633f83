using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class GreetingTests
{
    internal static readonly string[] Help =
    [
        "Server commands",
        "  /help - print this message",
        "  /name {name} - change name",
        "  /login {name} - log in to your account",
        "  /account {what} - make an account, or look after yours",
        "  /rooms - list rooms",
        "  /join {room} - joins room",
        "  /leave [room] - leave a room",
        "  /users - list users in room",
        "  /msg {name} {text} - message one user only",
        "  /me {action} - do something, such as /me waves",
        "  /history [n | since 10:30 | before 10:30] - show what was said before",
        "  /search {words} - find what was said in the room",
        "  /topic [text] - show or set the topic of the room",
        "  /invite [name] - ask somebody into the room, or show who is asked in",
        "  /uninvite {name} - take an invitation back",
        "  /ban {name} [time] [reason] - keep somebody out of the room",
        "  /unban {name} - let somebody in again",
        "  /mute {name} [time] [reason] - silence somebody in the room",
        "  /unmute {name} - let somebody speak again",
        "  /bans - show who is banned or muted in the room",
        "  /report {name} {text} - tell the server's moderators about somebody",
        "  /slow [seconds|off] - show or set how long people wait between messages",
        "  /filter [add|remove|try {word}] - show or change what nobody may say in the room",
        "  /register - keep the room when it is empty, as yours",
        "  /unregister {room} - keep a room of yours no more",
        "  /role [account operator|half-operator|voice|none] - show or give roles in the room",
        "  /transfer {account} {room} - give a room of yours to another",
        "  /times on|off - show the time of what is said",
        "  /tags on|off - be in several rooms, each line says its own",
        "  /in {room} {text} - say something in one of several rooms",
        "  /quit - quit server",
    ];

    [Fact]
    public async Task The_server_speaks_first_commands_then_the_name_then_the_room()
    {
        await using var server = new TestServer();
        var client = server.OpenLines();

        await client.ExpectAsync(Help);
        await client.ExpectMatchAsync("You are [A-Z][a-z]+[A-Z][a-z]+");
        await client.ExpectAsync("You joined main");
    }

    [Fact]
    public async Task Random_names_are_unique_and_8_to_12_letters_long()
    {
        await using var server = new TestServer();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < 200; i++)
        {
            var client = server.OpenLines();
            await client.ExpectAsync(Help);
            var name = (await client.ExpectMatchAsync("You are (?<name>[A-Za-z]{8,12})")).Groups["name"].Value;
            Assert.True(names.Add(name), name + " was given twice");
        }
    }

    [Fact]
    public async Task A_random_name_that_somebody_has_taken_is_skipped()
    {
        var next = new Parley.Core.Names.NameGenerator(1);
        _ = next.Next();
        _ = next.Next();
        var taken = next.Next();
        await using var server = new TestServer();
        await server.EnterAsync("Ann");
        await server.EnterAsync(taken.Value.ToLowerInvariant());

        var late = server.OpenLines();
        await late.ExpectAsync(Help);
        await late.ExpectAsync("You are " + next.Next().Value);
    }

    [Fact]
    public async Task The_room_is_told_who_joined_and_the_newcomer_is_not()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        var bob = server.OpenLines();
        await bob.ExpectAsync(Help);
        var name = (await bob.ExpectMatchAsync("You are (?<name>.*)")).Groups["name"].Value;
        await bob.ExpectAsync("You joined main");

        await ann.ExpectAsync(name + " joined");
        await ann.SendLineAsync("hi");
        await bob.ExpectAsync("Ann: hi");
    }
}
