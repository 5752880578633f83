using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Push;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Push;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Push;

/// <summary>How often a message is tried, in which order, and when a device is given up.</summary>
public sealed class PushQueueTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectedLog _log = new();
    private readonly PushService _service = new();
    private readonly PushDevice _phone = new("https://push.example/phone");
    private readonly MemoryPushStore _store = new();
    private readonly MemoryAccountStore _accounts = new();
    private readonly ServiceProvider _provider;
    private readonly PushMonitor _monitor;
    private readonly PushSender _sender;
    private readonly PushIntake _intake;
    private readonly PushDesk _desk;
    private readonly PushQueues _queues;
    private PushTarget _target;

    public PushQueueTests()
    {
        _provider = new ServiceCollection().AddMetrics().AddSingleton<ILoggerFactory>(_log).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<PushMonitor>().BuildServiceProvider();
        _monitor = _provider.GetRequiredService<PushMonitor>();
        _sender = new PushSender(_time, _service);
        _intake = new PushIntake(_monitor);
        _desk = new PushDesk(_store, _accounts, _intake, _monitor, new OutwardGuard(_ => false), new ParleyOptions(), _time);
        _queues = new PushQueues(_sender, _desk, _monitor, _time, new NoChance());
        _desk.WhenEnded = _queues.Forget;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.True(UserName.TryParse("Ann", out var name));
        var account = new Account(AccountId.New(), name, _time.GetUtcNow());
        await _accounts.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)), Token);
        await _desk.StartAsync(Token);
        Assert.Equal(PushVerdict.Accepted, await RegisterAsync(account.Proven, _phone.Endpoint));
        _target = new PushTarget(account.Proven, Assert.Single(await _store.ListAsync(account.Id, Token)));
    }

    [Fact]
    public async Task Messages_come_in_order_one_at_a_time()
    {
        var held = new TaskCompletionSource();
        _service.HoldNext(held.Task);
        Offer("one", "two", "three");

        Assert.Equal("one", await NextAsync());
        Assert.True(_service.IsEmpty);
        held.SetResult();
        Assert.Equal(["two", "three"], [await NextAsync(), await NextAsync()]);
    }

    [Fact]
    public async Task Of_too_many_the_oldest_are_dropped_and_counted()
    {
        var held = new TaskCompletionSource();
        _service.HoldNext(held.Task);
        Offer("first");
        Assert.Equal("first", await NextAsync());

        Offer([.. Enumerable.Range(0, PushQueue.Capacity + 3).Select(number => $"{number}")]);

        Assert.Equal(3, _monitor.DroppedCount);
        held.SetResult();
        Assert.Equal("3", await NextAsync());
    }

    [Fact]
    public async Task A_message_that_fails_is_tried_again_later_and_later_in_its_own_place()
    {
        _service.AnswerNext(HttpStatusCode.ServiceUnavailable);
        _service.AnswerNext(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(100));
        _service.AnswerNext(HttpStatusCode.InternalServerError, TimeSpan.FromDays(1));
        Offer("one", "two");

        var topics = new List<string>();
        foreach (var pause in new[] { TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(100), TimeSpan.FromMinutes(5) })
        {
            topics.Add(await TopicOfAsync("one"));
            await _time.WhenTimerArmedAsync(pause);
            _time.Advance(pause);
        }

        // The service replaces an earlier attempt by a later one.
        topics.Add(await TopicOfAsync("one"));
        Assert.Single(topics.Distinct());
        Assert.NotEqual(topics[0], await TopicOfAsync("two"));
        Assert.Equal(0, _monitor.DroppedCount);
    }

    [Fact]
    public async Task After_eight_attempts_a_message_is_given_up_and_the_next_one_has_its_turn()
    {
        for (var attempt = 1; attempt <= PushQueue.MaxAttempts; attempt++)
        {
            _service.AnswerNext(HttpStatusCode.BadGateway);
        }

        Offer("one", "two");
        for (var attempt = 1; attempt < PushQueue.MaxAttempts; attempt++)
        {
            Assert.Equal("one", await NextAsync());
            var pause = TimeSpan.FromSeconds(0.75 * Math.Pow(2, attempt - 1));
            await _time.WhenTimerArmedAsync(pause);
            _time.Advance(pause);
        }

        Assert.Equal(["one", "two"], [await NextAsync(), await NextAsync()]);
        Assert.Equal(1, _monitor.DroppedCount);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.Found)]
    public async Task What_is_refused_is_not_tried_again(HttpStatusCode status)
    {
        _service.AnswerNext(status);
        Offer("one", "two");

        Assert.Equal(["one", "two"], [await NextAsync(), await NextAsync()]);
        Assert.Equal(1, _monitor.DroppedCount);
    }

    [Fact]
    public async Task A_device_that_fails_for_days_is_given_up_and_one_that_recovers_is_not()
    {
        await RefuseAsync();
        _time.Advance(PushQueue.Patience);
        Offer("taken");
        await NextAsync();
        await RefuseAsync();
        _time.Advance(PushQueue.Patience - TimeSpan.FromSeconds(1));
        await RefuseAsync();
        Offer("one more");
        Assert.Equal("one more", await NextAsync());
        Assert.Single(await _store.ListAsync(_target.Account.Id, Token));

        await RefuseAsync();
        _time.Advance(PushQueue.Patience);
        await RefuseAsync();
        await Until.TrueAsync(
            () => _log.Entries.Any(entry => entry.Message.Contains("it has failed for 3 days, status 403", StringComparison.Ordinal)), () => "It was not given up");
        Assert.Empty(await _store.ListAsync(_target.Account.Id, Token));
    }

    [Fact]
    public async Task Whoever_unregisters_gets_nothing_of_what_waits()
    {
        var held = new TaskCompletionSource();
        _service.HoldNext(held.Task);
        Offer("one", "two");
        await NextAsync();

        await _desk.UnregisterAsync(_target.Account.Id, _phone.Endpoint, Token);
        held.SetResult();
        await _queues.StopAsync().WithinSafetyAsync();

        Assert.True(_service.IsEmpty);
    }

    [Fact]
    public async Task A_server_that_stops_waits_for_no_push_service()
    {
        _service.HoldNext(new TaskCompletionSource().Task);
        Offer("one", "two");
        await NextAsync();

        await _queues.StopAsync().WithinSafetyAsync();

        Assert.Equal(2, _monitor.DroppedCount);
    }

    [Fact]
    public async Task Whoever_has_the_name_of_a_removed_account_subscribes_for_itself()
    {
        await _accounts.DeleteAsync(_target.Account.Name, Token);
        var successor = new Account(AccountId.New(), _target.Account.Name, _time.GetUtcNow());
        await _accounts.TryCreateAsync(new AccountCredentials(successor, PasswordVerifier.Create("battery staple", PasswordVerifier.MinIterations)), Token);

        Assert.Equal(PushVerdict.NoAccount, await RegisterAsync(_target.Account, "https://push.example/1"));
        Assert.Equal(PushVerdict.Accepted, await RegisterAsync(successor.Proven, "https://push.example/2"));

        Assert.Equal([successor.Proven], _intake.Names!.In("Ann"u8, default));
        Assert.Empty(await _desk.ListAsync(_target.Account, Token));
    }

    [Fact]
    public async Task A_subscription_that_is_not_renewed_ends()
    {
        _time.Advance(TimeSpan.FromDays(30));
        await _desk.SweepAsync(Token);
        Assert.Single(await _store.ListAsync(_target.Account.Id, Token));

        _time.Advance(TimeSpan.FromTicks(1));
        await _desk.SweepAsync(Token);

        Assert.Empty(await _store.ListAsync(_target.Account.Id, Token));
    }

    [Fact]
    public async Task A_clock_that_was_set_far_ahead_ends_no_subscription()
    {
        var subscription = Assert.Single(await _store.ListAsync(_target.Account.Id, Token));
        _time.SetUtcNow(_time.GetUtcNow().AddYears(5));

        await _desk.SweepAsync(Token);

        Assert.Equal(subscription, Assert.Single(await _store.ListAsync(_target.Account.Id, Token)));
    }

    public async ValueTask DisposeAsync()
    {
        await _queues.StopAsync().WithinSafetyAsync();
        _queues.Dispose();
        _desk.Dispose();
        _sender.Dispose();
        _phone.Dispose();
        await _provider.DisposeAsync();
    }

    private Task<PushVerdict> RegisterAsync(ProvenAccount account, string endpoint)
        => _desk.RegisterAsync(account, endpoint, Encoding.ASCII.GetBytes(_phone.Keys), "", device: 0, Token);

    private void Offer(params string[] texts)
    {
        foreach (var text in texts)
        {
            _queues.Offer(_target, new PushMessage(Encoding.UTF8.GetBytes(text)));
        }
    }

    private async Task RefuseAsync()
    {
        var before = _monitor.DroppedCount;
        _service.AnswerNext(HttpStatusCode.Forbidden);
        Offer("refused");
        await NextAsync();
        await Until.TrueAsync(() => _monitor.DroppedCount > before, () => "The message was not given up");
    }

    private async Task<string> NextAsync() => _phone.Decrypt((await _service.NextAsync()).Body);

    private async Task<string> TopicOfAsync(string text)
    {
        var request = await _service.NextAsync();
        Assert.Equal(text, _phone.Decrypt(request.Body));
        return request.Header("Topic");
    }

    private sealed class NoChance : Random
    {
        public override double NextDouble() => 0.5;
    }
}
