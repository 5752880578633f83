using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Names with <c>--names warn</c> and <c>--names open</c>.</summary>
public sealed class LenientNameTests : AccountTest
{
    private NamePolicy _policy = NamePolicy.Warn;

    [Fact]
    public async Task With_warn_a_guest_may_wear_the_name_and_is_told_whose_it_is()
    {
        var (lena, guest) = (await Server.EnterLinesAsync("Lena"), await Server.ConnectAsync());
        await lena.SendLineAsync("/name Ann");
        await lena.ExpectAsync("Lena is now Ann", "Ann belongs to an account: log in with /login Ann if it is yours");
        await lena.SendLineAsync("/name Lena");
        await lena.ExpectAsync("Ann is now Lena");

        await guest.SendAllAsync("NICK Ann", "USER x 0 * :x");

        Assert.StartsWith(":NickServ!NickServ@parley NOTICE Ann :Ann belongs to an account: log in by SASL", (await guest.ReadUntilAsync("NOTICE"))[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_open_nobody_is_told_anything()
    {
        await Server.DisposeAsync();
        await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken);
        _policy = NamePolicy.Open;
        await InitializeAsync();
        var (lena, paul) = (await Server.EnterLinesAsync("Lena"), await Server.RegisterAsync("Paul"));

        await lena.SendLinesAsync("/name Ann", "/name PauI");

        await lena.ExpectAsync("Lena is now Ann", "Ann is now PauI");
        await paul.ExpectNothingAsync();
    }

    private protected override NamePolicy Names => _policy;
}
