using System.Net;
using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Push;

/// <summary>What is pushed, to whom, and in which form.</summary>
public sealed class PushedMessageTests : PushTest
{
    [Fact]
    [Quote(WebPush, "Each push notification MUST contain exactly one IRC message as the payload, without the final CRLF.", Date)]
    [Quote(WebPush, "Servers MUST NOT drop the `msgid` tag if present.", Date)]
    public async Task A_direct_message_wakes_whoever_is_not_here()
    {
        await SubscribeAsync();
        await LeaveAsync();

        await Bob.AskAsync("PRIVMSG Ann :are you there?");

        var request = await Service.NextAsync();
        var message = Phone.Decrypt(request.Body);
        Assert.DoesNotContain('\n', message);
        var line = IrcLine.Parse(message);
        Assert.Equal(":Bob!~bob@localhost PRIVMSG Ann :are you there?", line.Body);
        Assert.Equal(["msgid", "time"], line.Tags.Keys.Order());
        await ComeAsync(Capabilities + " batch draft/chathistory");
        var kept = (await Client.AskAsync("CHATHISTORY LATEST Bob * 1")).Of("PRIVMSG").Single();
        Assert.Equal(kept.Tags["msgid"], line.Tags["msgid"]);
        Assert.Equal(kept.Tags["time"], line.Tags["time"]);
    }

    [Fact]
    [Quote("https://www.rfc-editor.org/rfc/rfc8030#section-5", "The push message is included in the body of the request.")]
    [Quote(WebPush, "If the server has advertised the `VAPID` ISUPPORT token, they MUST use this VAPID public key when sending push notifications.", Date)]
    public async Task A_push_service_is_told_who_asks_and_how_urgent_it_is()
    {
        await SubscribeAsync();
        var key = (await Client.AskAsync("ISUPPORT")).SelectMany(line => line.Parameters).Single(token => token.StartsWith("VAPID=", StringComparison.Ordinal))[6..];
        await LeaveAsync();

        await Bob.AskAsync("PRIVMSG Ann :hi");

        var request = await Service.NextAsync();
        Assert.Equal((Phone.Endpoint, "aes128gcm", "604800", "high"), (request.Url, request.ContentEncoding, request.Header("TTL"), request.Header("Urgency")));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", request.Header("Topic"));
        var claims = request.Claims(key);
        Assert.Equal("https://push.example", claims.GetProperty("aud").GetString());
        var now = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(claims.GetProperty("exp").GetInt64(), now + 1, now + (24 * 3600));
        Assert.True(request.Body.Length <= 4096);
    }

    [Theory]
    [InlineData("draft/webpush", "")]
    [InlineData("draft/webpush server-time", "time")]
    [InlineData("draft/webpush message-tags account-tag", "account msgid")]
    [InlineData("draft/webpush message-tags server-time account-tag batch draft/multiline echo-message", "account msgid time")]
    [Quote(WebPush, "The messages follow the same capabilities and the same `RPL_ISUPPORT` as when the client registered for Web Push notifications.", Date)]
    [Quote(WebPush, "Because of size limits on the payload of push notifications, servers MAY drop some or all message tags from the original message.", Date)]
    public async Task Tags_are_those_of_the_client_that_has_subscribed(string capabilities, string tags)
    {
        await SubscribeAsync(capabilities);
        await LeaveAsync();
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var zoe = await LogInAsync(Server, "Zoe", "battery-staple", "message-tags");

        await zoe.AskAsync("@+reply=abc;+example/long=value PRIVMSG Ann :hi");

        Assert.Equal(tags, string.Join(' ', (await WokenAsync()).Tags.Keys.Order()));
    }

    [Fact]
    [Quote(WebPush, "Each push notification MUST contain exactly one IRC message as the payload, without the final CRLF.", Date)]
    public async Task Of_a_message_of_several_lines_the_first_is_pushed()
    {
        await SubscribeAsync(Capabilities + " batch draft/multiline");
        await LeaveAsync();
        var zoe = await Server.RegisterAsync("Zoe", "batch draft/multiline");

        await zoe.SendAllAsync("BATCH +1 draft/multiline Ann", "@batch=1 PRIVMSG Ann :first", "@batch=1 PRIVMSG Ann :second", "BATCH -1");

        var line = await WokenAsync();
        Assert.Equal(("PRIVMSG", "first"), (line.Command, line.Text));
        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task Whoever_is_here_and_not_away_is_not_woken()
    {
        await SubscribeAsync();
        await Bob.AskAsync("PRIVMSG Ann :you see this");
        await Bob.AskAsync("PRIVMSG #room :Ann: and this");

        await Client.AskAsync("AWAY :asleep");

        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task A_mention_wakes_whoever_is_away()
    {
        await SubscribeAsync();
        await Client.AskAsync("AWAY :asleep");

        await Bob.AskAsync("PRIVMSG #room :nothing for Annabel or annotations");
        await Bob.AskAsync("PRIVMSG #room :ann, look");
        await Bob.AskAsync("PRIVMSG #room :\u0001ACTION waves at \u0002Ann\u0002\u0001");
        await Bob.AskAsync("PRIVMSG #room :\u0001VERSION Ann\u0001");

        Assert.Equal(":Bob!~bob@localhost PRIVMSG #room :ann, look", (await WokenAsync()).Body);
        Assert.Equal("\u0001ACTION waves at \u0002Ann\u0002\u0001", (await WokenAsync()).Text);
        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task Nobody_is_woken_by_itself()
    {
        await SubscribeAsync();
        await Client.AskAsync("AWAY :asleep");

        await Client.AskAsync("PRIVMSG #room :Ann was here");
        await Client.AskAsync("PRIVMSG Ann :note to myself");

        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task A_mention_wakes_whoever_was_in_the_room_when_it_left()
    {
        await SubscribeAsync(rooms: "#room,#other");
        await Client.AskAsync("PART #other");
        await LeaveAsync();

        await Bob.AskAsync("PRIVMSG #other :Ann is not here");
        await Bob.AskAsync("PRIVMSG #room :Ann: look");

        Assert.Equal("#room", (await WokenAsync()).Parameters[0]);
        await NothingWasPushedAsync();
    }

    [Theory]
    [InlineData("MODE #room +i")]
    [InlineData("MODE #room +k key")]
    [InlineData("MODE #room +b Ann!*@*")]
    [InlineData("MODE #room +b *!~ann@*")]
    [InlineData("MODE #room +b *!*@localhost")]
    [InlineData("MODE #room +b ~a:ann")]
    [InlineData("MODE #room +l 1")]
    public async Task A_room_that_would_not_let_its_reader_in_is_not_told_of(string change)
    {
        await SubscribeAsync();
        await LeaveAsync();
        await Bob.AskAsync(change);

        await Bob.AskAsync("PRIVMSG #room :Ann must not read this");

        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task Whoever_was_put_out_is_not_told_of_the_room()
    {
        await SubscribeAsync();
        await Bob.AskAsync("KICK #room Ann");
        await Client.SendAsync("QUIT");
        await Client.ReadToEndAsync();

        await Bob.AskAsync("PRIVMSG #room :Ann must not read this");

        await Bob.AskAsync("MONITOR + Ann");
        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task A_room_of_the_same_name_that_was_made_later_is_another()
    {
        await SubscribeAsync();
        await LeaveAsync();
        await Bob.AskAsync("PART #room");
        await Bob.AskAsync("JOIN #room");

        await Bob.AskAsync("PRIVMSG #room :Ann was in another room");

        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task What_only_operators_of_a_room_are_told_wakes_nobody()
    {
        await SubscribeAsync();
        await Client.AskAsync("AWAY :asleep");

        await Bob.AskAsync("PRIVMSG @#room :Ann is not one of us");

        await NothingWasPushedAsync();
    }

    [Fact]
    public async Task All_devices_are_woken_and_one_that_fails_holds_up_no_other()
    {
        await SubscribeAsync();
        using var tablet = new PushDevice("https://push.example/tablet");
        await RegisterAsync(Client, tablet);
        await LeaveAsync();
        var held = new TaskCompletionSource();
        Service.HoldNext(held.Task);

        await Bob.AskAsync("PRIVMSG Ann :one");
        await Bob.AskAsync("PRIVMSG Ann :two");

        string[] urls = [(await Service.NextAsync()).Url, (await Service.NextAsync()).Url, (await Service.NextAsync()).Url];
        Assert.Equal(2, urls.Distinct().Count());
        held.SetResult();
        Assert.Equal(2, urls.Append((await Service.NextAsync()).Url).Count(url => url == Phone.Endpoint));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_device_that_is_gone_is_pushed_to_no_more(HttpStatusCode status)
    {
        await SubscribeAsync();
        using var tablet = new PushDevice("https://push.example/tablet");
        await LeaveAsync();
        Service.AnswerNext(status);
        await Bob.AskAsync("PRIVMSG Ann :one");
        await WokenAsync();
        await EndedAsync();

        await ComeAsync();
        await RegisterAsync(Client, tablet);
        await LeaveAsync();
        await Bob.AskAsync("PRIVMSG Ann :two");

        Assert.Equal("two", (await WokenAsync(tablet)).Text);
        Assert.Single(await Subscriptions.ListAsync((await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_removed_account_is_pushed_to_no_more_and_another_of_its_name_is_not()
    {
        await SubscribeAsync();
        await LeaveAsync();
        var old = (await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account;
        await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken);
        await MakeAnnAsync(Server.Time.GetUtcNow());

        await Bob.AskAsync("PRIVMSG Ann :for the new Ann");
        await Bob.AskAsync("PRIVMSG #room :Ann: for the new Ann");

        using var other = new PushDevice("https://push.example/other");
        await ComeAsync();
        await RegisterAsync(Client, other);
        await LeaveAsync();
        await Bob.AskAsync("PRIVMSG Ann :this");
        Assert.Equal("this", (await WokenAsync(other)).Text);
        Assert.True(Service.IsEmpty);
        Assert.Empty(await Subscriptions.ListAsync(old.Id, TestContext.Current.CancellationToken));
    }
}
