using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Server.Tests.Support;
using Parley.TestKit;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

/// <summary>A log-in that is under way while its account is removed, or has another password, comes to nothing.</summary>
public sealed class LoginRaceTests : IAsyncLifetime
{
    private readonly LateAccounts _late;
    private readonly IAccountStore _store;
    private readonly MemoryDeviceStore _devices = new();
    private readonly Account _ann = new(AccountId.New(), User("Ann"), default);
    private RealServer _server = null!;

    public LoginRaceTests() => (_store, _late) = LateAccounts.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.True(await _late.Inner.TryCreateAsync(new AccountCredentials(_ann, PasswordVerifier.Create(Password)), Token));
        _server = await RealServer.StartAsync(configureServices: services => services.AddSingleton(_store).AddSingleton<IDeviceStore>(_devices));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true, "Your account has been removed")]
    [InlineData(false, "The account has another password: log in with that")]
    public async Task By_typing(bool isRemoved, string words)
    {
        await using var client = await ScriptedClient.ConnectAsync(_server.AddressOf("lines"));
        _late.Meanwhile = () => ChangeAsync(isRemoved);

        await client.SendLinesAsync("/login Ann", Password, "/account token");

        Assert.Contains((await client.ReadToEndAsync()), line => line.Contains(words, StringComparison.Ordinal));
        Assert.Empty(await _devices.ListAsync(_ann.Id, Token));
    }

    [Theory]
    [InlineData(true, "Your account has been removed")]
    [InlineData(false, "The account has another password: log in with that")]
    public async Task By_SASL_ahead_of_the_registration(bool isRemoved, string words)
    {
        await using var client = await ScriptedClient.ConnectAsync(_server.AddressOf("irc"));
        await client.SendLinesAsync("CAP REQ :sasl", "AUTHENTICATE PLAIN");
        await client.ReadUntilContainsAsync("AUTHENTICATE +");
        _late.Meanwhile = () => ChangeAsync(isRemoved);

        await client.SendLineAsync($"AUTHENTICATE {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0Ann\0{Password}"))}");

        Assert.Equal($"ERROR :{words}", (await client.ReadToEndAsync())[^1].TrimEnd());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_HTTP(bool isRemoved)
    {
        using var http = _server.Http();
        _late.Meanwhile = () => ChangeAsync(isRemoved);

        using var answer = await http.PostAsync("/account/login", new StringContent($$"""{"account":"Ann","password":"{{Password}}"}""", Encoding.UTF8, "application/json"), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await _devices.ListAsync(_ann.Id, Token));
    }

    private async Task ChangeAsync(bool isRemoved)
        => Assert.True(isRemoved ? await _late.Inner.DeleteAsync(_ann.Name, Token) : await _late.Inner.SetPasswordAsync(_ann.Name, PasswordVerifier.Create("battery staple"), Token));
}
