using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker.Rooms;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Server.Hooks;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Hooks;

/// <summary>Web hooks without a server: a room that says what a test wants, a receiver, and a clock that is moved by hand.</summary>
internal sealed class HookFixture : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public HookFixture()
    {
        _provider = new ServiceCollection().AddMetrics().AddSingleton<ILoggerFactory>(Log).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<HookMonitor>().BuildServiceProvider();
        Hooks = new WebHooks(
            Store, new HookSender(Time, Receiver), _provider.GetRequiredService<HookMonitor>(), new ParleyOptions(), Time, new NoChance());
    }

    public ManualTimeProvider Time { get; } = new();

    public CollectedLog Log { get; } = new();

    public MemoryHookStore Store { get; } = new();

    public HookReceiver Receiver { get; } = new();

    public WebHooks Hooks { get; }

    /// <summary>The pause after so many failed attempts, without chance. No other timer is set for as long.</summary>
    public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromSeconds(0.75 * Math.Pow(2, attempts - 1));

    /// <summary>Waits for the pause after so many failed attempts to begin, and lets it pass.</summary>
    public async Task PassPauseAsync(int attempts)
    {
        await Time.WhenTimerArmedAsync(PauseAfter(attempts));
        Time.Advance(PauseAfter(attempts));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<WebHook> AddAsync(string[]? rooms = null, string[]? mentions = null)
        => await Store.AddAsync(
            new(new Uri("https://example.org/hook"), "a secret of the test's", Time.GetUtcNow())
            {
                Rooms = [.. (rooms ?? []).Select(Room)],
                Mentions = mentions ?? [],
            },
            Token);

    public Task StartAsync() => Hooks.StartAsync(Token);

    public Task StopAsync() => Hooks.StopAsync(CancellationToken.None).WithinSafetyAsync();

    public void Say(string text, string room = "main", long number = 1, MessageKind kind = MessageKind.Text, MemberRank minRank = MemberRank.None)
        => Hooks.Posted(new(
            Room(room),
            number,
            Time.GetUtcNow(),
            new Actor(1, User("Ann")),
            new MessageDraft(kind, Encoding.UTF8.GetBytes(text)) { MinRank = minRank })
        { IsKept = number > 0 });

    public async ValueTask DisposeAsync()
    {
        Hooks.Dispose();
        Receiver.Dispose();
        await _provider.DisposeAsync();
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private sealed class NoChance : Random
    {
        public override double NextDouble() => 0.5;
    }
}
