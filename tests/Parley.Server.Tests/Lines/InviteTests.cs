using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

/// <summary><c>/invite</c> and <c>/uninvite</c>: who may come into a room past its modes, once.</summary>
public sealed class InviteTests
{
    [Fact]
    public async Task Somebody_is_asked_in_and_seen_to_be_until_it_is_taken_back()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/join den");
        await people[0].ExpectAsync("You joined den");

        await people[0].SendLinesAsync("/invite", "/invite bob", "/invite");

        await people[0].ExpectAsync("Nobody is asked into den", "bob is asked into den", "Asked in - Bob, by Ann");
        await people[1].ReadUntilAsync("Ann asks you into den, /join den");
        await people[0].SendLinesAsync("/uninvite BOB", "/uninvite bob", "/uninvite", "/invite");
        await people[0].ExpectAsync(
            "BOB is asked into den no more", "bob is not asked into den: /invite shows who is", "Usage: /uninvite {name}", "Nobody is asked into den");
    }

    [Fact]
    public async Task Who_may_not_is_told_why()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");

        await people[1].SendLinesAsync("/invite", "/uninvite Ann", "/invite Ann", "/invite nobody", "/leave", "/invite Ann", "/invite", "/uninvite Ann");

        await people[1].ExpectAsync(
            "Only operators of main may do that", "Only operators of main may do that", "Ann is in main already", "nobody is not here",
            "Bob left", "You are in no room, /join one", "You are in no room, /join one", "You are in no room, /join one");
    }
}
