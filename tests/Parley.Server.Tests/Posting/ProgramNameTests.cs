using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Posting;

/// <summary>The names of programs that post are nobody else's, also while the programs are not here.</summary>
public sealed class ProgramNameTests : IAsyncLifetime
{
    private static readonly UserName Deploy = UserName.TryParse("deploy", out var name) ? name : default;

    private readonly MemoryTokenStore _tokens = new();
    private RealServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _tokens.AddAsync(new AccessToken(Deploy, new TokenScopes(), DateTimeOffset.UnixEpoch), new byte[32], Token);
        _server = await RealServer.StartAsync(configureServices: services => services.AddSingleton<ITokenStore>(_tokens));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("deploy")]
    [InlineData("Dep1oy")]
    public async Task A_person_neither_wears_one_nor_registers_it_as_long_as_its_token_holds(string name)
    {
        await using var eve = await _server.EnterAsync("eve");

        await eve.SendLineAsync($"/name {name}");
        await eve.ReadUntilAsync($"{name} is the name of a program of this server, or looks like it: choose another name");
        await eve.SendLinesAsync($"/account make {name}", "correct horse");
        await eve.ReadUntilAsync($"{name} is the name of a program of this server, or looks like it: choose another name");

        Assert.True(await _tokens.RevokeAsync(Deploy, _server.Time.GetUtcNow(), Token));
        await eve.SendLineAsync($"/name {name}");
        await eve.ReadUntilAsync($"eve is now {name}");
    }
}
