using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Net.Resolve;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Resolve;

public sealed class ParallelResolverTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_thousand_names_are_resolved_with_fifty_in_flight()
    {
        var names = new CrowdedNames(50);
        IAsyncEnumerable<string> texts = Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"host-{i}")).ToAsyncEnumerable();

        List<ResolveResult> results = await new ParallelResolver(names, new ResolveOptions { Degree = 50 }).ResolveAsync(texts, Ending).ToListAsync(Ending);

        Assert.Equal(50, names.Most);
        Assert.Equal(1000, results.Select(result => result.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.All(results, result => Assert.Equal(IPAddress.Loopback, Assert.Single(result.Addresses)));
    }

    [Fact(Timeout = 60_000)]
    public async Task All_addresses_of_a_name_are_told_each_once()
    {
        ResolveResult result = await OneAsync("both", new FakeNames { ["both"] = ["::1", "127.0.0.1", "::1", "127.0.0.2"] });

        Assert.Null(result.Error);
        Assert.Equal(["::1", "127.0.0.1", "127.0.0.2"], result.Addresses.Select(address => address.ToString()));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_name_that_is_known_first_comes_first()
    {
        var slow = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        var names = new AnswersNames(name => name == "slow" ? slow.Task : Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]));
        await using var results = new ParallelResolver(names, new ResolveOptions()).ResolveAsync(Of("slow", "quick"), Ending).GetAsyncEnumerator(Ending);

        Assert.True(await results.MoveNextAsync());
        Assert.Equal("quick", results.Current.Text);
        slow.SetResult([IPAddress.IPv6Loopback]);
        Assert.True(await results.MoveNextAsync());
        Assert.Equal("slow", results.Current.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_wrong_with_one_name_concerns_no_other()
    {
        var names = new AnswersNames(name => name switch
        {
            "unknown" => throw new SocketException((int)SocketError.HostNotFound),
            "unlucky" => throw new SocketException((int)SocketError.TryAgain),
            "empty" => Task.FromResult<IReadOnlyList<IPAddress>>([]),
            "broken" => throw new InvalidDataException("broken resolver"),
            _ => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]),
        });
        var resolver = new ParallelResolver(names, new ResolveOptions { NeedsPort = true });

        List<ResolveResult> results = await resolver
            .ResolveAsync(Of("unknown:1", "unlucky:1", "empty:1", "broken:1", "a b", "noport", "::1", "good:80"), Ending).ToListAsync(Ending);

        Assert.Equal(
            [
                "'::1' has no port: write [::1]:80",
                "'a b' is not a host name or an address",
                "'empty' has no address",
                "'noport' has no port: write noport:80",
                "'unknown' is not known: check its spelling",
                "'unlucky': no name server answered, try again",
                "broken resolver",
                "good:80 -> 80",
            ],
            results.Select(result => result.Error ?? $"{result.Text} -> {result.Port}").Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_for_all_is_for_those_that_bring_none()
    {
        var names = new FakeNames { ["a"] = ["::1"], ["b"] = ["::1"] };
        var resolver = new ParallelResolver(names, new ResolveOptions { NeedsPort = true, DefaultPort = 80 });

        List<ResolveResult> results = await resolver.ResolveAsync(Of("a", "b:81"), Ending).ToListAsync(Ending);
        Assert.Equal([("a", 80), ("b:81", 81)], results.Select(result => (result.Text, result.Port ?? 0)).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_name_that_takes_too_long_is_given_up()
    {
        var clock = new ManualTimeProvider();
        var never = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        Task<ResolveResult> resolving = OneAsync("slow", new AnswersNames(_ => never.Task), clock);

        await clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));

        ResolveResult result = await resolving.WithinSafetyAsync();
        Assert.Equal(("'slow': no answer within 10 s", TimeSpan.FromSeconds(10)), (result.Error, result.Elapsed));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_system_knows_addresses_without_asking_anybody()
    {
        ResolveResult result = await OneAsync("127.0.0.1", new SystemNameResolver());
        Assert.Equal([IPAddress.Loopback], result.Addresses);
    }

    private static async Task<ResolveResult> OneAsync(string text, INameResolver names, TimeProvider? clock = null) =>
        await new ParallelResolver(names, new ResolveOptions(), clock).ResolveAsync(Of(text), Ending).SingleAsync(Ending);

    private static IAsyncEnumerable<string> Of(params string[] texts) => texts.ToAsyncEnumerable();

    private sealed class AnswersNames(Func<string, Task<IReadOnlyList<IPAddress>>> answer) : INameResolver
    {
        public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) => await answer(name);
    }

    /// <summary>Answers nobody until so many ask at once, and counts the most that ever did.</summary>
    private sealed class CrowdedNames(int crowd) : INameResolver
    {
        private readonly TaskCompletionSource _crowded = new();
        private int _asking;
        private int _most;

        public int Most => Volatile.Read(ref _most);

        public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
        {
            int now = Interlocked.Increment(ref _asking);
            int most;
            while ((most = Volatile.Read(ref _most)) < now && Interlocked.CompareExchange(ref _most, now, most) != most)
            {
            }

            if (now == crowd)
            {
                _crowded.TrySetResult();
            }

            await _crowded.Task.WithinSafetyAsync();
            Interlocked.Decrement(ref _asking);
            return [IPAddress.Loopback];
        }
    }
}
