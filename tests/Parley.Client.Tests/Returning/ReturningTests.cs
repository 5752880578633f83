using System.Net.Sockets;
using Parley.Protocol.Lines;

namespace Parley.Client.Tests.Returning;

public sealed class ReturningTests
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task After_a_lost_connection_the_client_comes_back_under_its_name_and_in_its_room()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using (Guest first = await server.GreetAsync("AwesomeVulture"))
        {
            Assert.False((await events.NextAsync<ClientEvent.Connected>()).IsReturn);
            await first.SayAsync("AwesomeVulture is now Ana\nYou joined rust\nBob joined\n");
            Assert.Equal(ServerLineKind.Renamed, (await events.NextLineAsync()).Kind);
            Assert.Equal(new ServerLine(ServerLineKind.YouJoined, "rust", ""), await events.NextLineAsync());
            Assert.Equal(ServerLineKind.Joined, (await events.NextLineAsync()).Kind);
            first.Reset();
        }

        ClientEvent.Disconnected lost = await events.NextAsync<ClientEvent.Disconnected>();
        Assert.IsAssignableFrom<IOException>(lost.Reason);
        Assert.Equal(FirstDelay, lost.RetryIn);
        await server.Clock.WhenTimerArmedAsync(FirstDelay);
        server.Clock.Advance(FirstDelay);

        using Guest second = await server.GreetAsync("BraveOtter");
        Assert.Equal("/name Ana", await second.HearAsync());
        Assert.Equal("/join rust", await second.HearAsync());
        Assert.Equal(new ClientEvent.Connecting(1), await events.NextAsync());
        Assert.Equal(new ClientEvent.Connected("BraveOtter", "main", IsReturn: true), await events.NextAsync<ClientEvent.Connected>());
    }

    [Fact(Timeout = 30_000)]
    public async Task With_tags_the_client_comes_back_to_all_of_its_rooms_and_to_no_other()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options(manyRooms: true));
        await using var events = new EventLog(client);
        using (Guest first = await server.AcceptAsync())
        {
            await first.SayAsync("  /tags on|off - be in several rooms\nYou are Ana\nYou joined main\n");
            Assert.Equal("/tags on", await first.HearAsync());
            await first.SayAsync("Tags are on\n#rust You joined rust\n#go You joined go\n#cc You joined c3\n#go You joined golang\n#main Ana left\n#c3 Ana left, kicked by Bob\n#rust Bob left\n");
            await events.NextAsync<ClientEvent.Connected>();
            while ((await events.NextLineAsync()).Name != "Bob")
            {
            }

            first.Reset();
        }

        await events.NextAsync<ClientEvent.Disconnected>();
        await server.Clock.WhenTimerArmedAsync(FirstDelay);
        server.Clock.Advance(FirstDelay);
        using Guest second = await server.AcceptAsync();
        await second.SayAsync("  /tags on|off - be in several rooms\nYou are BraveOtter\nYou joined main\n");
        foreach (string command in new[] { "/tags on", "/name Ana", "/join rust", "/join c3", "/join golang", "/leave main" })
        {
            Assert.Equal(command, await second.HearAsync());
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_lists_no_tags_is_asked_for_none()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options("Ana", manyRooms: true));
        using Guest guest = await server.GreetAsync("BraveOtter");
        Assert.Equal("/name Ana", await guest.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task With_a_password_the_client_logs_in_each_time_before_it_says_anything()
    {
        using var server = new LinesServer();
        ParleyClientOptions options = new() { Name = "Ana", Password = "correct horse", Connection = new ClientOptions { TimeProvider = server.Clock } };
        await using ParleyClient client = await server.ConnectAsync(options);
        await using var events = new EventLog(client);
        for (int visit = 0; visit < 2; visit++)
        {
            using Guest guest = await server.GreetAsync("AwesomeVulture");
            Assert.Equal("/login Ana", await guest.HearAsync());
            await guest.SayAsync("Bob joined\nSend the password of Ana as the next line, or an empty line to give up\n");
            Assert.Equal("correct horse", await guest.HearAsync());
            await guest.SayAsync("You are logged in as Ana\nAwesomeVulture is now Ana\n");
            Assert.Equal(visit == 1, (await events.NextAsync<ClientEvent.Connected>()).IsReturn);
            await client.SendAsync("hi", Token);
            Assert.Equal("hi", await guest.HearAsync());
            guest.Reset();
            await events.NextAsync<ClientEvent.Disconnected>();
            client.RetryNow();
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_room_that_the_client_does_not_want_is_left_before_the_log_in_as_its_other_devices_may_want_it()
    {
        using var server = new LinesServer();
        ParleyClientOptions options = new()
        {
            Name = "Ana",
            Password = "correct horse",
            Room = "rust",
            ManyRooms = true,
            Connection = new ClientOptions { TimeProvider = server.Clock },
        };
        await using ParleyClient client = await server.ConnectAsync(options);
        await using var events = new EventLog(client);
        using Guest guest = await server.AcceptAsync();
        await guest.SayAsync("  /tags on|off - be in several rooms\nYou are AwesomeVulture\nYou joined main\n");
        Assert.Equal("/leave main", await guest.HearAsync());
        Assert.Equal("/login Ana", await guest.HearAsync());
        await guest.SayAsync("AwesomeVulture left\nYou are in no room, /join one\nSend the password of Ana as the next line, or an empty line to give up\n");
        Assert.Equal("correct horse", await guest.HearAsync());
        await guest.SayAsync("You are logged in as Ana\nYou are Ana\n");
        Assert.Equal("/tags on", await guest.HearAsync());
        Assert.Equal("/join rust", await guest.HearAsync());
        await events.NextAsync<ClientEvent.Connected>();
        await client.SendAsync("hi", Token);
        Assert.Equal("hi", await guest.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_password_that_nobody_asks_for_is_told_to_nobody_and_the_connection_is_given_up()
    {
        using var server = new LinesServer();
        ParleyClientOptions options = new() { Name = "Ana", Password = "correct horse", Connection = new ClientOptions { TimeProvider = server.Clock } };
        await using ParleyClient client = await server.ConnectAsync(options);
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        Assert.Equal("/login Ana", await guest.HearAsync());
        await server.Clock.WhenTimerArmedAsync(options.GreetingTimeout);
        server.Clock.Advance(options.GreetingTimeout);

        Assert.Contains("did not ask for the password", (await events.NextAsync<ClientEvent.Disconnected>()).Reason!.Message, StringComparison.Ordinal);
        Assert.Null(await guest.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_is_let_into_no_room_is_greeted_all_the_same()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using Guest guest = await server.AcceptAsync();

        await guest.SayAsync("You are AwesomeVulture\nYou are banned from main\nYou are in no room, /join one\n");

        Assert.Equal(new ClientEvent.Connected("AwesomeVulture", "", IsReturn: false), await events.NextAsync<ClientEvent.Connected>());
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_was_kicked_comes_back_to_the_room_it_was_in()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using (Guest first = await server.GreetAsync("Ana"))
        {
            await events.NextAsync<ClientEvent.Connected>();
            await first.SayAsync("You joined rust\nAna left, kicked by Bob\n");
            await events.NextLineAsync();
            Assert.Equal(ServerLineKind.Left, (await events.NextLineAsync()).Kind);
        }

        await events.NextAsync<ClientEvent.Disconnected>();
        await server.Clock.WhenTimerArmedAsync(FirstDelay);
        client.RetryNow();

        using Guest second = await server.GreetAsync("Ana");
        Assert.Equal("/join rust", await second.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_given_name_is_restored_as_a_chosen_one_is()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using (await server.GreetAsync("AwesomeVulture"))
        {
            await events.NextAsync<ClientEvent.Connected>();
        }

        Assert.Null((await events.NextAsync<ClientEvent.Disconnected>()).Reason);
        await server.Clock.WhenTimerArmedAsync(FirstDelay);
        client.RetryNow();

        using Guest second = await server.GreetAsync("BraveOtter");
        Assert.Equal("/name AwesomeVulture", await second.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_sent_after_the_return_comes_behind_the_join()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options(name: "Ana", room: "rust"));
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();

        await client.SendAsync("hello", Token);

        Assert.Equal("/name Ana", await guest.HearAsync());
        Assert.Equal("/join rust", await guest.HearAsync());
        Assert.Equal("hello", await guest.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task While_there_is_no_server_the_delays_double_until_it_is_back()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        Guest first = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();
        server.Close();
        first.Dispose();

        int[] delays = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (int seconds in delays)
        {
            ClientEvent.Disconnected lost = await events.NextAsync<ClientEvent.Disconnected>();
            Assert.Equal(TimeSpan.FromSeconds(seconds), lost.RetryIn);
            await server.Clock.WhenTimerArmedAsync(lost.RetryIn);
            if (seconds == 60)
            {
                server.Reopen();
                break;
            }

            server.Clock.Advance(lost.RetryIn);
        }

        server.Clock.Advance(TimeSpan.FromSeconds(60));
        using Guest second = await server.GreetAsync("BraveOtter");
        await events.NextAsync<ClientEvent.Connected>();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_drops_everybody_at_once_is_asked_less_and_less_often()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        foreach (int seconds in new[] { 1, 2, 4 })
        {
            (await server.GreetAsync("AwesomeVulture")).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(seconds), (await events.NextAsync<ClientEvent.Disconnected>()).RetryIn);
            await server.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(seconds));
            client.RetryNow();
        }

        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        guest.Reset();

        Assert.Equal(FirstDelay, (await events.NextAsync<ClientEvent.Disconnected>()).RetryIn);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_asks_for_the_next_connection_as_soon_as_one_is_lost_gets_it()
    {
        using var server = new LinesServer();
        // The delay is worked out ahead of the event, so nobody can ask sooner.
        var whenLost = new CallOnDraw();
        ParleyClientOptions options = new() { Connection = new ClientOptions { TimeProvider = server.Clock }, Random = whenLost };
        await using ParleyClient client = await server.ConnectAsync(options);
        whenLost.Call = client.RetryNow;
        (await server.GreetAsync("AwesomeVulture")).Dispose();

        using Guest second = await server.GreetAsync("BraveOtter");
        Assert.Equal("/name AwesomeVulture", await second.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_that_its_dead_connection_still_holds_is_asked_for_again()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using (await server.GreetAsync("AwesomeVulture"))
        {
            await events.NextAsync<ClientEvent.Connected>();
        }

        await events.NextAsync<ClientEvent.Disconnected>();
        await server.Clock.WhenTimerArmedAsync(FirstDelay);
        client.RetryNow();
        using Guest second = await server.GreetAsync("BraveOtter");
        Assert.Equal("/name AwesomeVulture", await second.HearAsync());
        await second.SayAsync("AwesomeVulture is already taken\n");

        var delay = TimeSpan.FromSeconds(8);
        await server.Clock.WhenTimerArmedAsync(delay);
        server.Clock.Advance(delay);

        Assert.Equal("/name AwesomeVulture", await second.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_does_not_greet_is_left_after_a_while()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using Guest guest = await server.AcceptAsync();
        await guest.SayAsync("HTTP/1.1 400 Bad Request\n");
        await events.NextAsync<ClientEvent.LineReceived>();

        server.Clock.Advance(TimeSpan.FromSeconds(15));

        ClientEvent.Disconnected lost = await events.NextAsync<ClientEvent.Disconnected>();
        Assert.Equal("No greeting within 15 s: is this a lines server?", Assert.IsType<TimeoutException>(lost.Reason).Message);
        Assert.Null(await guest.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_connection_sending_is_an_error()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        (await server.GreetAsync("AwesomeVulture")).Dispose();
        await events.NextAsync<ClientEvent.Disconnected>();

        await Assert.ThrowsAsync<IOException>(async () => await client.SendAsync("hello?", Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_first_connection_is_not_tried_again()
    {
        var server = new LinesServer();
        server.Dispose();

        await Assert.ThrowsAsync<SocketException>(() => server.ConnectAsync(server.Options()));
    }

    /// <summary>A source of zeros that calls somebody for each.</summary>
    private sealed class CallOnDraw : Random
    {
        public Action? Call { get; set; }

        public override double NextDouble()
        {
            Call?.Invoke();
            return 0;
        }
    }
}
