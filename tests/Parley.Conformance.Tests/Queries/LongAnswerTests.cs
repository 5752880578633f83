using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>Answers of thousands of lines: in pieces, so that whoever asks makes nobody wait, itself included.</summary>
public sealed class LongAnswerTests : ConformanceTest
{
    private const int Rooms = 1500;

    [Fact]
    public async Task A_long_list_is_complete_and_one_batch_if_it_has_a_label()
    {
        await FillAsync();
        var ann = await Server.RegisterAsync("Ann", "batch labeled-response message-tags");

        Assert.Equal((string[])["321", .. Enumerable.Repeat("322", Rooms), "323"], (await ann.AskAsync("LIST")).Commands());
        var labelled = await ann.AskAsync("@label=l LIST");
        Assert.Equal(("BATCH", "l"), (labelled[0].Command, labelled[0].Tags["label"]));
        Assert.Equal((string[])["BATCH", "321", .. Enumerable.Repeat("322", Rooms), "323", "BATCH"], labelled.Commands());
        Assert.All(labelled.Skip(1).SkipLast(1), line => Assert.Equal(labelled[0].Parameters[0][1..], line.Tags["batch"]));
    }

    [Fact]
    public async Task Those_who_ask_for_lists_and_do_not_read_them_make_nobody_else_wait()
    {
        await FillAsync();
        for (var i = 0; i < 10; i++)
        {
            var deaf = await Server.RegisterAsync($"Deaf{i}");
            await deaf.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("LIST\r\n", 100))));
        }

        var bob = await Server.RegisterAsync("Bob");
        Assert.Empty(await bob.SyncAsync());
    }

    [Fact]
    public async Task Sessions_that_are_busy_with_lists_end_in_order_when_the_server_stops()
    {
        var server = await IrcServer.StartAsync(options => options.MaxRooms = Rooms);
        await FillAsync(server);
        var busy = new List<IrcClient>();
        for (var i = 0; i < 5; i++)
        {
            busy.Add(await server.RegisterAsync($"Busy{i}"));
            for (var j = 0; j < 20; j++)
            {
                await busy[^1].SendAsync("LIST");
            }
        }

        await busy[0].ReadUntilAsync("322");
        var stopping = server.StopAsync();
        foreach (var client in busy)
        {
            Assert.Equal("ERROR :Server is shutting down", (await client.ReadToEndAsync())[^1].Raw);
            await client.DisposeAsync();
        }

        await stopping;
        await server.DisposeAsync();
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Id == 204);
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_list_keeps_nobody_from_stopping()
    {
        var server = await IrcServer.StartAsync(options =>
        {
            options.MaxRooms = Rooms;
            options.MaxOutboxBytes = 16 * 1024;
            options.DrainTimeout = TimeSpan.FromMilliseconds(1);
        });
        await FillAsync(server);
        var deaf = await server.RegisterAsync("Deaf");
        await deaf.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("LIST\r\n", 300))));
        var bob = await server.RegisterAsync("Bob");

        var stopping = server.StopAsync();

        Assert.Equal("ERROR :Server is shutting down", (await bob.ReadToEndAsync())[^1].Raw);
        await bob.DisposeAsync();
        await deaf.DisposeAsync();
        await stopping;
        await server.DisposeAsync();
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Id == 204);
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.MaxRooms = Rooms);

    private Task FillAsync() => FillAsync(Server);

    private static async Task FillAsync(IrcServer server)
    {
        var owner = await server.RegisterAsync("Owner", "no-implicit-names");
        foreach (var names in Enumerable.Range(0, Rooms).Select(number => $"#room{number:0000}").Chunk(40))
        {
            await owner.AskAsync($"JOIN {string.Join(',', names)}");
        }
    }
}
