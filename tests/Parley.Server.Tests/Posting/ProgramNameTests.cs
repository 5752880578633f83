using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Posting;

/// <summary>The names of programs that post are nobody else's, also while the programs are not here.</summary>
public sealed class ProgramNameTests : IAsyncLifetime
{
    private static readonly UserName Deploy = UserName.TryParse("deploy", out var name) ? name : default;

    private static readonly UserName Bridge = UserName.TryParse("bridge", out var name) ? name : default;

    private readonly MemoryTokenStore _tokens = new();
    private RealServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _tokens.AddAsync(new AccessToken(Deploy, new TokenScopes { Names = [Bridge] }, DateTimeOffset.UnixEpoch), new byte[32], Token);
        _server = await RealServer.StartAsync(configureServices: services => services.AddSingleton<ITokenStore>(_tokens));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("deploy")]
    [InlineData("Dep1oy")]
    [InlineData("bridge")]
    public async Task A_person_neither_wears_one_nor_registers_it_as_long_as_its_token_holds(string name)
    {
        await using var eve = await _server.EnterAsync("eve");

        await eve.SendLineAsync($"/name {name}");
        await eve.ReadUntilAsync($"{name} is the name of a program of this server, or looks like it: choose another name");
        await eve.SendLinesAsync($"/account make {name}", "correct horse");
        await eve.ReadUntilAsync($"{name} is the name of a program of this server, or looks like it: choose another name");

        Assert.True(await _tokens.RevokeAsync(Deploy, _server.Time.GetUtcNow(), Token));
        _server.Time.Advance(ProgramNames.Freshness);
        await eve.SendLineAsync($"/name {name}");
        await eve.ReadUntilAsync($"eve is now {name}");
    }

    [Fact]
    public async Task Tokens_are_listed_once_a_second_however_many_ask_meanwhile()
    {
        var store = new CountingTokens();
        var time = new ManualTimeProvider();
        var programs = new ProgramNames(store, new ParleyOptions(), time);

        Task<bool>[] asked = [.. Enumerable.Range(0, 5).Select(_ => programs.IsOneAsync(Deploy, Token).AsTask())];
        store.Answer.SetResult([]);
        Assert.All(await Task.WhenAll(asked), Assert.False);
        Assert.Equal(1, store.Listed);

        store.Answer = new TaskCompletionSource<IReadOnlyList<AccessToken>>();
        store.Answer.SetResult([new AccessToken(Deploy, new TokenScopes(), DateTimeOffset.UnixEpoch)]);
        Assert.False(await programs.IsOneAsync(Deploy, Token));
        Assert.Equal(1, store.Listed);
        time.Advance(ProgramNames.Freshness);
        Assert.True(await programs.IsOneAsync(Deploy, Token));
        Assert.Equal(2, store.Listed);
    }

    [Fact]
    public async Task A_store_that_fails_is_asked_again_by_the_next()
    {
        var store = new CountingTokens();
        var programs = new ProgramNames(store, new ParleyOptions(), new ManualTimeProvider());
        store.Answer.SetException(new TokenStoreException("the disk is gone"));
        Assert.False(await programs.IsOneAsync(Deploy, Token));

        store.Answer = new TaskCompletionSource<IReadOnlyList<AccessToken>>();
        store.Answer.SetResult([new AccessToken(Deploy, new TokenScopes(), DateTimeOffset.UnixEpoch)]);
        Assert.True(await programs.IsOneAsync(Deploy, Token));
    }

    /// <summary>A store of tokens that counts how often it is asked for all of them, and answers when it is told to.</summary>
    private sealed class CountingTokens : ITokenStore
    {
        public int Listed { get; private set; }

        public TaskCompletionSource<IReadOnlyList<AccessToken>> Answer { get; set; } = new();

        public async ValueTask<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken = default)
        {
            Listed++;
            return await Answer.Task;
        }

        public ValueTask<AccessToken?> AddAsync(AccessToken token, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<AccessToken?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<bool> RevokeAsync(UserName name, DateTimeOffset time, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask UsedAsync(long id, DateTimeOffset time, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
