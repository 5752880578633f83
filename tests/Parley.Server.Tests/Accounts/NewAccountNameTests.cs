using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Tests.Support;
using Parley.TestKit;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

/// <summary>An account that is made takes its name from a guest who wears it, and not from whoever it is made for.</summary>
public sealed class NewAccountNameTests : IAsyncLifetime
{
    private const string Code = "K7QD-93XM-ZT4R-0HWN";

    private readonly LateAccounts _late;
    private readonly IAccountStore _store;
    private readonly MemoryMailCodeStore _codes = new();
    private RealServer _server = null!;

    public NewAccountNameTests() => (_store, _late) = LateAccounts.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => _server = await RealServer.StartAsync(configureServices: services => services.AddSingleton(_store).AddSingleton<IMailCodeStore>(_codes));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("Paul")]
    [InlineData("PauI")]
    public async Task A_guest_who_takes_the_name_while_the_account_is_made_wears_another(string worn)
    {
        await using var guest = await _server.EnterAsync("Cid");
        _late.BeforeCreate = async () =>
        {
            await guest.SendLineAsync($"/name {worn}");
            await guest.ReadUntilAsync($"Cid is now {worn}");
        };

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/account/register", $$"""{"account":"Paul","password":"{{Password}}"}"""));

        await guest.ReadUntilContainsAsync($"{worn} is now ");
    }

    [Fact]
    public async Task A_guest_who_takes_the_name_after_the_code_was_sent_wears_another()
    {
        await KeepCodeAsync();
        await using var guest = await _server.EnterAsync("Ann");

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/account/verify", $$"""{"account":"Ann","code":"{{Code}}"}"""));

        await guest.ReadUntilContainsAsync("Ann is now ");
    }

    [Fact]
    public async Task Whoever_gives_back_the_code_keeps_the_name()
    {
        await KeepCodeAsync();
        await using var ann = await _server.EnterAsync("Ann");

        await ann.SendLineAsync($"/account verify Ann {Code}");

        Assert.DoesNotContain(await ann.ReadUntilAsync("Ann is your account now"), line => line.Contains(" is now ", StringComparison.Ordinal));
        await ann.SendLineAsync("hello");
        Assert.DoesNotContain(await ann.ReadUntilAsync("Ann: hello"), line => line.Contains(" is now ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_registers_keeps_the_name()
    {
        await using var ann = await _server.EnterAsync("Ann");

        await ann.SendLinesAsync("/account make Ann", Password);

        Assert.DoesNotContain(await ann.ReadUntilAsync("Ann is your account now"), line => line.Contains(" is now ", StringComparison.Ordinal));
    }

    private async Task KeepCodeAsync() => await _codes.AddAsync(
        new MailCode(SecretCode.HashOf(Code), MailCodeKind.Registration, User("Ann"), "ann@example.org", _server.Time.GetUtcNow().AddHours(1))
        {
            Password = PasswordVerifier.Create(Password, Iterations),
        },
        _server.Time.GetUtcNow(), most: 10, Token);

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using var http = _server.Http();
        using var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return answer.StatusCode;
    }
}
