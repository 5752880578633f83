using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>Clients that people already have, beside somebody on lines: over TLS, logged in by SASL.</summary>
public sealed class IrcProgramTests
{
    [Theory]
    [InlineData("irssi")]
    [InlineData("weechat")]
    public async Task It_logs_in_joins_and_talks(string program)
    {
        await using IrcPlace place = await IrcPlace.OpenAsync();
        using Chatter lena = await Chatter.JoinAsync(place.LinesPort, "Lena");
        await using IrcProgram ann = await StartAsync(program, place);

        await ann.ShowsAsync("You are now logged in as Ann");
        await lena.Heard.SkipToAsync("Ann joined");
        await ann.ShowsAsync("Ann", "has joined #main");
        await ann.TypeAsync("/names #main");
        await ann.ShowsAsync("@Lena");
        await ann.TypeAsync("/msg #main hello from a client");
        await lena.Heard.SkipToAsync("Ann: hello from a client");
        await lena.SayAsync("grüße von lines");
        await ann.ShowsAsync("Lena", "grüße von lines");
        await ann.TypeAsync("/msg Lena psst");
        await lena.Heard.SkipToAsync("from Ann: psst");
        await lena.SayAsync("/msg Ann what is it");
        await ann.ShowsAsync("Lena", "what is it");
        await lena.SayAsync("/me waves");
        await ann.ShowsAsync("Lena", "waves");
        await ann.TypeAsync("/nick Anna");
        await lena.Heard.SkipToAsync("Ann is now Anna");
        await lena.SayAsync("/name Helena");
        await ann.ShowsAsync("Lena", "Helena");
        await ann.TypeAsync("/quit bye");
        await lena.Heard.SkipToAsync("Anna left");
    }

    [Theory]
    [InlineData("irssi")]
    [InlineData("weechat")]
    public async Task Its_user_looks_after_a_room(string program)
    {
        await using IrcPlace place = await IrcPlace.OpenAsync();
        await using IrcProgram ann = await StartAsync(program, place);
        await ann.ShowsAsync("Ann", "has joined #main");
        await ann.TypeAsync("/join #den");
        await ann.ShowsAsync("Ann", "has joined #den");
        using Chatter lena = await Chatter.JoinAsync(place.LinesPort, "Lena");
        await lena.SayAsync("/join den");
        await ann.ShowsAsync("Lena", "#den");

        await ann.TypeAsync("/quote TOPIC #den :All about dens");
        await ann.ShowsAsync("All about dens");
        await ann.TypeAsync("/quote NAMES #den");
        await ann.ShowsAsync("@Ann");
        await ann.TypeAsync("/quote KICK #den Lena :too loud");

        await lena.Heard.SkipToAsync("that she was kicked", line => line.Contains("kicked", StringComparison.Ordinal) && line.Contains("too loud", StringComparison.Ordinal));
        await ann.ShowsAsync("Lena", "too loud");
    }

    [Theory]
    [InlineData("irssi")]
    [InlineData("weechat")]
    public async Task It_comes_back_after_a_restart_and_is_shown_what_it_has_not_seen(string program)
    {
        await using IrcPlace place = await IrcPlace.OpenAsync();
        await using IrcProgram ann = await StartAsync(program, place);
        await ann.ShowsAsync("Ann", "has joined #main");
        using (Chatter lena = await Chatter.JoinAsync(place.LinesPort, "Lena"))
        {
            await ann.ShowsAsync("Lena");
            await lena.SayAndHearAsync("before the restart");
            await ann.ShowsAsync("Lena", "before the restart");
        }

        await place.RestartAsync();
        using Chatter later = await Chatter.JoinAsync(place.LinesPort, "Later");
        await later.SayAsync("after the restart");

        // Whether it was back by then or not; and nothing that it was shown before is shown again.
        await ann.ShowsAsync("Later", "after the restart");
        await later.SayAsync("welcome back");
        await ann.ShowsAsync("Later", "welcome back");
        await ann.ShowsTimesAsync("after the restart", times: 1);
        await ann.ShowsTimesAsync("before the restart", times: 1);
    }

    private static async Task<IrcProgram> StartAsync(string program, IrcPlace place) => program == "irssi"
        ? await Irssi.StartAsync(place, place.FolderOf(program))
        : await Weechat.StartAsync(place, place.FolderOf(program));
}
