using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Core.Events;
using Parley.Server.Hooks;

namespace Parley.Server.Tests.Hooks;

/// <summary>docs/protocols/hooks.md: what a web hook is sent, and how often.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_message_comes_as_signed_JSON()
    {
        await using var fixture = new HookFixture();
        var hook = await fixture.AddAsync();
        await fixture.StartAsync();

        fixture.Say("sagt \"grüße\" \u001b[31m", number: 7, kind: MessageKind.Action);

        var (body, signature) = await fixture.Receiver.NextAsync();
        Assert.Equal(
            """{"id":"main.7","event":"message","room":"main","number":7,"from":"Ann","kind":"action","text":"sagt \"grüße\" [31m","time":"2026-06-01T12:00:00+00:00"}""",
            body);
        Assert.True(HookSignature.IsValid(signature, Encoding.UTF8.GetBytes(body), hook.Secret, fixture.Time.GetUtcNow(), TimeSpan.Zero));
        await fixture.StopAsync();
    }

    [Fact]
    public async Task A_hook_is_told_of_its_rooms_and_its_words_only()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync(rooms: ["OPS", "dev"], mentions: ["deploy", "Bob"]);
        await fixture.StartAsync();

        fixture.Say("deploy", room: "main");
        fixture.Say("nothing", room: "ops");
        fixture.Say("@bob: look", room: "ops", number: 3);
        fixture.Say("Deploy!", room: "dev", number: 4);
        fixture.Say("\u0002dep\u0002loy \u000304,05now", room: "dev", number: 5);

        Assert.Equal(("ops.3", "mention"), await IdAsync(fixture));
        Assert.Equal(("dev.4", "mention"), await IdAsync(fixture));
        Assert.Equal(("dev.5", "mention"), await IdAsync(fixture));
        await fixture.StopAsync();
        Assert.True(fixture.Receiver.IsEmpty);
    }

    [Theory]
    [InlineData(MessageKind.Tags)]
    [InlineData(MessageKind.Query)]
    [InlineData(MessageKind.Answer)]
    public async Task A_hook_is_not_told_what_only_clients_read(MessageKind kind)
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();

        fixture.Say("\u0001VERSION\u0001", number: 1, kind: kind);
        fixture.Say("deploy done", number: 2, kind: MessageKind.Notice);

        Assert.Equal("main.2", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
        Assert.True(fixture.Receiver.IsEmpty);
    }

    [Fact]
    public async Task A_hook_is_not_told_what_only_some_members_may_read()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();

        fixture.Say("among operators", number: 1, minRank: MemberRank.Operator);
        fixture.Say("to all", number: 2);

        Assert.Equal("main.2", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
    }

    [Fact]
    public async Task A_message_of_several_lines_keeps_its_breaks_and_loses_its_formatting()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();

        fixture.Say("rm -r build\ndone \u000304red\u0003 \u0002bold\u0002\ttab\u0085");

        using var body = JsonDocument.Parse((await fixture.Receiver.NextAsync()).Body);
        Assert.Equal("rm -r build\ndone red bold\ttab", body.RootElement.GetProperty("text").GetString());
        await fixture.StopAsync();
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999")]
    [InlineData("2147483647")]
    public async Task A_hook_that_names_a_time_without_end_is_left_alone_for_five_minutes(string retryAfter)
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.AnswerNext(HttpStatusCode.ServiceUnavailable, retryAfter);

        fixture.Say("one");

        await fixture.Receiver.NextAsync();
        await fixture.Time.WhenTimerArmedAsync(TimeSpan.FromMinutes(5));
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_and_what_follows_waits_behind_it()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.AnswerNext(HttpStatusCode.InternalServerError);
        fixture.Receiver.FailNext();
        fixture.Receiver.FailNext(new InvalidOperationException("whatever else there may be"));

        fixture.Say("one", number: 1);
        fixture.Say("two", number: 2);

        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.PassPauseAsync(1);
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.PassPauseAsync(2);
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.PassPauseAsync(3);
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        Assert.Equal("main.2", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
        Assert.Equal([611, 612, 613], fixture.Log.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_hook_that_names_a_time_is_left_alone_until_then()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.AnswerNext(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(100));

        fixture.Say("one");

        await fixture.Receiver.NextAsync();
        await fixture.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(100));
        fixture.Time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task What_would_be_refused_again_is_given_up_and_that_is_logged(HttpStatusCode status)
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.AnswerNext(status);

        fixture.Say("one", number: 1);
        fixture.Say("two", number: 2);

        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        Assert.Equal("main.2", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
        Assert.Contains(fixture.Log.Entries, entry => entry.Id == 614 && entry.Message.Contains("main.1", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.Log.Entries, entry => entry.Id == 612);
    }

    [Fact]
    public async Task A_hook_that_does_not_answer_is_given_ten_seconds()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.HoldNext();

        fixture.Say("one");

        await fixture.Receiver.NextAsync();
        await fixture.Time.WhenTimerArmedAsync(HookSender.Timeout);
        fixture.Time.Advance(HookSender.Timeout);
        await fixture.PassPauseAsync(1);
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
    }

    [Fact]
    public async Task A_hook_that_stands_still_holds_nobody_up_and_loses_the_oldest_which_is_told()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        var answer = new TaskCompletionSource();
        fixture.Receiver.HoldNext(answer.Task);
        fixture.Say("held", number: 1);
        Assert.Equal("main.1", (await IdAsync(fixture)).Id);

        for (var number = 2; number <= HookQueue.Capacity + 3; number++)
        {
            fixture.Say("x", number: number);
        }

        answer.SetResult();
        Assert.Equal("main.4", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
        Assert.Single(fixture.Log.Entries, entry => entry.Id == 615);
    }

    [Fact]
    public async Task A_message_is_given_up_after_ten_attempts()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        for (var attempt = 1; attempt <= HookQueue.MaxAttempts; attempt++)
        {
            fixture.Receiver.FailNext();
        }

        fixture.Say("one", number: 1);
        fixture.Say("two", number: 2);

        for (var attempt = 1; attempt < HookQueue.MaxAttempts; attempt++)
        {
            Assert.Equal("main.1", (await IdAsync(fixture)).Id);
            await fixture.PassPauseAsync(attempt);
        }

        Assert.Equal("main.1", (await IdAsync(fixture)).Id);
        Assert.Equal("main.2", (await IdAsync(fixture)).Id);
        await fixture.StopAsync();
    }

    private static async Task<(string? Id, string? Event)> IdAsync(HookFixture fixture)
    {
        var body = JsonDocument.Parse((await fixture.Receiver.NextAsync()).Body).RootElement;
        return (body.GetProperty("id").GetString(), body.GetProperty("event").GetString());
    }
}
