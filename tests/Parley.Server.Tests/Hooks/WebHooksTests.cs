using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Hooks;
using Parley.Core.Tokens;
using Parley.Server.Hooks;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Hooks;

/// <summary>Web hooks while the server runs, and when it stops.</summary>
public sealed class WebHooksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_operator_adds_and_removes_holds_with_the_next_look()
    {
        await using var fixture = new HookFixture();
        await fixture.StartAsync();
        fixture.Say("to nobody", number: 1);

        var hook = await fixture.AddAsync();
        fixture.Time.Advance(WebHooks.LookInterval);
        await LoggedAsync(fixture, "Web hooks: 1");
        fixture.Say("to the hook", number: 2);
        Assert.Contains("main.2", (await fixture.Receiver.NextAsync()).Body, StringComparison.Ordinal);

        await fixture.Store.RemoveAsync(hook.Id, Token);
        fixture.Time.Advance(WebHooks.LookInterval);
        await LoggedAsync(fixture, "Web hooks: 0");
        fixture.Say("to nobody", number: 3);
        await fixture.StopAsync();
        Assert.True(fixture.Receiver.IsEmpty);
    }

    [Fact]
    public async Task A_server_that_stops_delivers_what_waits_and_does_not_pause_for_it()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.FailNext();
        fixture.Say("one", number: 1);
        fixture.Say("two", number: 2);
        await fixture.Receiver.NextAsync();
        await fixture.Time.WhenTimerArmedAsync(HookFixture.PauseAfter(attempts: 1));

        await fixture.StopAsync();

        Assert.Contains("main.1", (await fixture.Receiver.NextAsync()).Body, StringComparison.Ordinal);
        Assert.Contains("main.2", (await fixture.Receiver.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_does_not_answer_holds_a_stop_for_five_seconds_at_most()
    {
        await using var fixture = new HookFixture();
        await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.HoldNext();
        fixture.Say("one");
        await fixture.Receiver.NextAsync();

        var stopping = fixture.StopAsync();
        await fixture.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(5));
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        await stopping;
        Assert.Contains(fixture.Log.Entries, entry => entry.Id == 614);
    }

    [Fact]
    public async Task What_waits_for_a_hook_that_is_removed_is_let_go_and_logged_in_one_line()
    {
        await using var fixture = new HookFixture();
        var hook = await fixture.AddAsync();
        await fixture.StartAsync();
        fixture.Receiver.HoldNext();
        for (var number = 1; number <= 100; number++)
        {
            fixture.Say("x", number: number);
        }

        await fixture.Receiver.NextAsync();
        await fixture.Store.RemoveAsync(hook.Id, Token);
        fixture.Time.Advance(WebHooks.LookInterval);

        await LoggedAsync(fixture, "Web hooks: 0");
        await fixture.StopAsync();
        Assert.True(fixture.Receiver.IsEmpty);
        Assert.Single(fixture.Log.Entries, entry => entry.Id == 614);
        Assert.Contains("99 messages", Assert.Single(fixture.Log.Entries, entry => entry.Id == 616).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_says_on_lines_reaches_a_web_server()
    {
        var hooks = new MemoryHookStore();
        var receiver = new HookReceiver();
        var hook = await hooks.AddAsync(new(new Uri("http://127.0.0.1/hook"), "a secret of the test's", default), Token);
        await using var server = await RealServer.StartAsync(configureServices: services => services
            .AddSingleton<IHookStore>(hooks)
            .AddSingleton(provider => new HookSender(provider.GetRequiredService<TimeProvider>(), receiver)));
        await using var ann = await server.EnterAsync("Ann");

        await ann.SendLinesAsync("hello", "/me waves");

        var (body, signature) = await receiver.NextAsync();
        Assert.Contains("\"from\":\"Ann\",\"kind\":\"text\",\"text\":\"hello\"", body, StringComparison.Ordinal);
        Assert.True(HookSignature.IsValid(signature, Encoding.UTF8.GetBytes(body), hook.Secret, server.Time.GetUtcNow(), TimeSpan.Zero));
        Assert.Contains("\"kind\":\"action\",\"text\":\"waves\"", (await receiver.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_that_cannot_be_read_are_told_once_and_the_server_goes_on()
    {
        var store = new FailingStore();
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton<IHookStore>(store));
        await using var ann = await server.EnterAsync("Ann");
        for (var look = 0; look < 3; look++)
        {
            var before = store.Looks;
            server.Time.Advance(WebHooks.LookInterval);
            await before.WithinSafetyAsync();
        }

        await ann.SendLineAsync("hello");
        await ann.ExpectAsync("Ann: hello");
        Assert.Single(server.Log.Entries, entry => entry.Id == 601);
    }

    /// <summary>The look is made on a thread of the pool.</summary>
    private static async Task LoggedAsync(HookFixture fixture, string message)
    {
        using var limit = new CancellationTokenSource(Safety.Timeout);
        while (!fixture.Log.Entries.Any(entry => entry.Message == message))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class FailingStore : IHookStore
    {
        private TaskCompletionSource _look = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes with the next look.</summary>
        public Task Looks => _look.Task;

        public ValueTask<WebHook> AddAsync(WebHook hook, CancellationToken cancellationToken = default) => throw new TokenStoreException("no");

        public ValueTask<bool> RemoveAsync(long id, CancellationToken cancellationToken = default) => throw new TokenStoreException("no");

        public ValueTask<IReadOnlyList<WebHook>> ListAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Exchange(ref _look, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            throw new TokenStoreException("the file is damaged");
        }
    }
}
