using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class TimesTests
{
    [Fact]
    public async Task Everything_from_the_room_has_its_time_in_the_servers_zone_and_nothing_else_has()
    {
        await using var server = new TestServer();
        server.Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-4.5), null, null));
        var people = await server.EnterAllAsync("Ann", "Bob");
        var ann = people[0];
        await ann.SendLinesAsync("/times on", "hello", "/me waves", "/name Anna", "/users", "/msg Bob hi", "/join rust");
        await ann.ExpectAsync("Times are on", "[07:30] Ann: hello", "[07:30] * Ann waves", "[07:30] Ann is now Anna", "Users - Anna, Bob");
        await ann.ExpectAsync("to Bob: hi", "You joined rust");

        server.Time.Advance(TimeSpan.FromMinutes(95));
        await people[1].SendLinesAsync("/join rust", "/quit");
        await ann.ExpectAsync("[09:05] Bob joined", "[09:05] Bob left");
    }

    [Fact]
    public async Task Switching_while_it_runs_keeps_the_rooms_order_and_is_for_this_connection_only()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob", "Cid");
        const int Messages = 2000;
        var talking = Task.Run(async () =>
        {
            for (var i = 0; i < Messages; i++)
            {
                await people[1].SendLineAsync($"{i}");
            }
        }, TestContext.Current.CancellationToken);
        var switching = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await people[0].SendLinesAsync("/times on", "/times off");
            }
        }, TestContext.Current.CancellationToken);

        async Task<(List<string> Messages, int Timed)> ListenAsync(TestKit.ScriptedClient client, int others)
        {
            var (heard, timed) = (new List<string>(), 0);
            while (heard.Count < Messages || others > 0)
            {
                var line = (await client.ReadLineAsync())!;
                if (line.StartsWith("Times", StringComparison.Ordinal))
                {
                    others--;
                    continue;
                }

                timed += line[0] == '[' ? 1 : 0;
                heard.Add(line[0] == '[' ? line[8..] : line);
            }

            return (heard, timed);
        }

        var listening = new[] { ListenAsync(people[0], 100), ListenAsync(people[1], 0), ListenAsync(people[2], 0) };
        await Task.WhenAll([talking, switching, .. listening]);
        var expected = Enumerable.Range(0, Messages).Select(i => $"Bob: {i}").ToArray();
        foreach (var listener in listening)
        {
            Assert.Equal(expected, (await listener).Messages);
        }

        Assert.Equal(0, (await listening[1]).Timed);
        Assert.Equal(0, (await listening[2]).Timed);
    }

    [Fact]
    public async Task A_line_said_before_the_switch_is_shown_without_and_one_after_with_its_time()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        for (var i = 0; i < 100; i++)
        {
            await ann.SendLinesAsync("before", "/times on", "on", "/times off", "off");
            await ann.ExpectAsync("Ann: before", "Times are on", "[12:00] Ann: on", "Times are off", "Ann: off");
        }
    }

    [Theory]
    [InlineData("/times")]
    [InlineData("/times maybe")]
    public async Task Anything_else_is_told(string line)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync(line);
        await ann.ExpectAsync("Usage: /times on|off");
    }
}
