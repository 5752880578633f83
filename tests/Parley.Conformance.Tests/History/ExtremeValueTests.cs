using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>Times and numbers at the ends of what can be written: arithmetic on what a client sent never ends a conversation.</summary>
public sealed class ExtremeValueTests : HistoryTest
{
    private const string Capabilities = $"{Full} draft/event-playback draft/read-marker draft/message-redaction soju.im/search znc.in/playback draft/metadata-2";

    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00.000Z", "0001-01-02T00:00:00.000Z", "0000-00-00T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2016-12-31T23:59:60.419Z",
        "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:60.999Z", "9999-12-30T23:59:59.999Z", "10000-01-01T00:00:00.000Z", "2026-02-30T00:00:00.000Z",
        "-001-01-01T00:00:00.000Z", "",
    ];

    private static readonly string[] Numbers64 =
        ["0", "1", "-1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e308", "99999999999", "0.0001", "-9e99", "NaN", "Infinity"];

    private static readonly string[] Places =
        [.. Times.Select(time => $"timestamp={time}"), .. Numbers64.SelectMany(number => new[] { $"msgid=room.{number}", $"msgid=.{number}", $"msgid={number}" }), "*"];

    [Fact]
    public async Task Every_question_about_the_past_with_every_extreme_keeps_the_connection()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Capabilities);
        await SayAsync(ann, "#room", 3);
        var lines = new List<string>();
        foreach (var place in Places)
        {
            lines.AddRange(new[] { "LATEST", "BEFORE", "AFTER", "AROUND" }.SelectMany(
                which => new[] { "#room", "Bob" }.Select(target => $"CHATHISTORY {which} {target} {place} 5")));
            lines.AddRange(Places.Where((_, index) => index % 5 == 0).SelectMany(
                other => new[] { $"CHATHISTORY BETWEEN #room {place} {other} 5", $"CHATHISTORY TARGETS {place} {other} 5" }));
            lines.Add($"MARKREAD #room {place}");
            lines.Add($"REDACT #room {place[(place.IndexOf('=', StringComparison.Ordinal) + 1)..]}");
        }

        foreach (var time in Times)
        {
            lines.AddRange([$"SEARCH in=#room;before={time}", $"SEARCH in=#room;after={time}", $"SEARCH in=#room;after={time};before={time};text=a"]);
        }

        foreach (var number in Numbers64)
        {
            lines.AddRange(
            [
                $"CHATHISTORY LATEST #room * {number}", $"SEARCH in=#room;limit={number}", $"ZNC *playback PLAY * {number} {number}",
                $"PRIVMSG *playback :PLAY #room {number}", $"WHOWAS Ann {number}", $"MODE #none +l {number}", $"LIST >{number},C<{number},T>{number}",
                $"CAP LS {number}", $"WHO #room %t,{number}",
            ]);
        }

        foreach (var chunk in lines.Chunk(50))
        {
            foreach (var line in chunk)
            {
                await ann.SendAsync(line);
            }

            await ann.SyncAsync();
        }

        Assert.DoesNotContain(Server.Log.Entries, entry => entry.Id == 204);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/server-time", "2012-06-30T23:59:60.419Z")]
    public async Task A_leap_second_is_a_time_like_any_other()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 2);

        Assert.Equal(["1", "2"], Texts(await HistoryAsync(ann, "AFTER #room timestamp=2016-12-31T23:59:60.419Z 5")));
    }

    [Theory]
    [InlineData("AFTER", "0001-01-01T00:00:00.000Z", 2)]
    [InlineData("AFTER", "9999-12-31T23:59:59.999Z", 0)]
    [InlineData("BEFORE", "9999-12-31T23:59:59.999Z", 2)]
    [InlineData("BEFORE", "0001-01-01T00:00:00.000Z", 0)]
    [InlineData("LATEST", "9999-12-31T23:59:59.999Z", 0)]
    public async Task An_extreme_time_finds_what_is_on_its_side(string subcommand, string time, int found)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 2);

        Assert.Equal(found, (await HistoryAsync(ann, $"{subcommand} #room timestamp={time} 5")).Length);
    }
}
