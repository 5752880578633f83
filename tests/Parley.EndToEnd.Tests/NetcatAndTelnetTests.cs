using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The conversation of docs/protocols/lines.md with the programs that people have.</summary>
public sealed class NetcatAndTelnetTests
{
    private static readonly string[] Greeting =
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
    public async Task Two_netcats_and_a_telnet_hold_the_whole_conversation()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();

        // Each comes in and takes a name.
        await using ChildProcess ana = Programs.StartNetcat(server.LinesPort);
        string anasOldName = await HearGreetingAsync(ana);
        await ana.SendLineAsync("/name Ana");
        await ana.Output.ExpectAsync($"{anasOldName} is now Ana");

        await using ChildProcess ben = Programs.StartNetcat(server.LinesPort);
        string bensOldName = await HearGreetingAsync(ben);
        await ana.Output.ExpectAsync($"{bensOldName} joined");
        await ben.SendLineAsync("/name Ben");
        await HearAsync($"{bensOldName} is now Ben", ana, ben);

        await using ChildProcess tel = Programs.StartTelnet(server.LinesPort);
        await tel.Output.SkipToAsync("Escape character is '^]'.");
        string telsOldName = await HearGreetingAsync(tel);
        await HearAsync($"{telsOldName} joined", ana, ben);
        await tel.SendLineAsync("/name Tel");
        await HearAsync($"{telsOldName} is now Tel", ana, ben, tel);

        // What one says, all see; the speaker too.
        await ana.SendLineAsync("hello everyone");
        await HearAsync("Ana: hello everyone", ana, ben, tel);
        await tel.SendLineAsync("hello from telnet");
        await HearAsync("Tel: hello from telnet", ana, ben, tel);
        await ben.SendLineAsync("häuser, 家, 🏠");
        await HearAsync("Ben: häuser, 家, 🏠", ana, ben, tel);

        // Names that are taken, in any spelling, and names that are none.
        await ben.SendLineAsync("/name Ana");
        await ben.Output.ExpectAsync("Ana is already taken");
        await ben.SendLineAsync("/name aNA");
        await ben.Output.ExpectAsync("aNA is already taken");
        await ben.SendLineAsync("/name");
        await ben.Output.ExpectAsync("Name must be 2 - 20 alphanumeric chars");
        await ben.SendLineAsync("/name n!");
        await ben.Output.ExpectAsync("Name must be 2 - 20 alphanumeric chars");

        // Rooms and lists.
        await ben.SendLineAsync("/join rust");
        await ben.Output.ExpectAsync("You joined rust");
        await HearAsync("Ben left", ana, tel);
        await ben.SendLineAsync("/join RUST");
        await ben.Output.ExpectAsync("You are in rust");
        await ben.SendLineAsync("/join x");
        await ben.Output.ExpectAsync("Room must be 2 - 20 alphanumeric chars");
        await ana.SendLineAsync("/rooms");
        await ana.Output.ExpectAsync("Rooms - main (2), rust (1)");
        await ana.SendLineAsync("/users");
        await ana.Output.ExpectAsync("Users - Ana, Tel");
        await tel.SendLineAsync("/join rust");
        await tel.Output.ExpectAsync("You joined rust");
        await ana.Output.ExpectAsync("Tel left");
        await ben.Output.ExpectAsync("Tel joined");
        await tel.SendLineAsync("/users");
        await tel.Output.ExpectAsync("Users - Ben, Tel");
        await tel.SendLineAsync("/rooms");
        await tel.Output.ExpectAsync("Rooms - rust (2), main (1)");
        await tel.SendLineAsync("only for rust");
        await HearAsync("Tel: only for rust", ben, tel);

        // To one person, in whatever room; and what is done, not said.
        await ana.SendLineAsync("/msg tel psst: you, there");
        await ana.Output.ExpectAsync("to Tel: psst: you, there");
        await tel.Output.ExpectAsync("from Ana: psst: you, there");
        await ana.SendLineAsync("/msg Carol hi");
        await ana.Output.ExpectAsync("Carol is not here");
        await ben.SendLineAsync("/me waves");
        await HearAsync("* Ben waves", ben, tel);

        // The time is shown to the one who asked for it.
        await tel.SendLineAsync("/times on");
        await tel.Output.ExpectAsync("Times are on");
        await ben.SendLineAsync("what time is it?");
        await ben.Output.ExpectAsync("Ben: what time is it?");
        Assert.Matches(@"^\[\d\d:\d\d\] Ben: what time is it\?$", await tel.Output.NextAsync());
        await tel.SendLineAsync("/times off");
        await tel.Output.ExpectAsync("Times are off");
        await ben.SendLineAsync("thanks");
        await HearAsync("Ben: thanks", ben, tel);

        // What will not do is told, and changes nothing.
        await ana.SendLineAsync("/join rust");
        await ana.Output.ExpectAsync("You joined rust");
        await HearAsync("Ana joined", ben, tel);
        await ana.SendLineAsync(new string('x', 401));
        await ana.Output.ExpectAsync("Messages can only be 400 bytes long");
        await ana.SendLineAsync(new string('x', 400));
        await HearAsync("Ana: " + new string('x', 400), ana, ben, tel);
        await ana.SendBytesAsync([0x62, 0xC3, 0x28, 0x0A]);
        await ana.Output.ExpectAsync("Messages must be UTF-8");
        await ana.SendLineAsync("/helpme");
        await ana.Output.ExpectAsync("Unrecognized command /helpme, try /help");
        await ana.SendLineAsync("");
        await ana.SendLineAsync("/help");
        await ana.Output.ExpectAsync(Greeting);
        await ana.SendBytesAsync(Encoding.UTF8.GetBytes("with a carriage return\r\n"));
        await HearAsync("Ana: with a carriage return", ana, ben, tel);

        // A telnet that asks for options (IAC WILL NAWS, IAC SB NAWS 0 80 0 24 IAC SE) is not heard to.
        await ana.SendBytesAsync([0xFF, 0xFB, 0x1F, .. "still "u8, 0xFF, 0xFA, 0x1F, 0, 80, 0, 24, 0xFF, 0xF0, .. "clean\n"u8]);
        await HearAsync("Ana: still clean", ana, ben, tel);

        // The ways to leave: a command, ^D, and the end of the input. What was said before is heard.
        await ben.SendLineAsync("bye");
        await ben.SendLineAsync("/quit");
        await HearAsync("Ben: bye", ana, ben, tel);
        await ben.ExpectClosedAsync();
        await HearAsync("Ben left", ana, tel);
        await ana.SendBytesAsync([0x04]);
        await ana.ExpectClosedAsync();
        await tel.Output.ExpectAsync("Ana left");
        await tel.SendLineAsync("/rooms");
        await tel.Output.ExpectAsync("Rooms - rust (1)");
        await tel.SendLineAsync("/quit");
        await tel.Errors.SkipToAsync("Connection closed by foreign host.");
        await tel.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_name_is_free_again_the_moment_its_owner_has_another()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter ana = await Chatter.JoinAsync(server.LinesPort, "Ana");
        using Chatter ben = await Chatter.JoinAsync(server.LinesPort);

        await ana.SayAsync("/name Anna");
        await ben.Heard.ExpectAsync("Ana is now Anna");
        await ben.SayAsync("/name ANA");
        await ben.Heard.ExpectAsync($"{ben.Name} is now ANA");
    }

    private static async Task<string> HearGreetingAsync(ChildProcess program)
    {
        await program.Output.ExpectAsync(Greeting);
        string youAre = await program.Output.SkipToAsync("'You are ...'", _ => true);
        Assert.Matches("^You are [A-Za-z]{8,12}$", youAre);
        await program.Output.ExpectAsync("You joined main");
        return youAre["You are ".Length..];
    }

    private static async Task HearAsync(string line, params ChildProcess[] programs)
    {
        foreach (ChildProcess program in programs)
        {
            await program.Output.ExpectAsync(line);
        }
    }
}
