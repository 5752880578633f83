using Parley.Core.Accounts;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts.Sasl;

/// <summary>https://www.rfc-editor.org/rfc/rfc4422#appendix-A</summary>
public sealed class ExternalTests
{
    private static readonly CertificateFingerprint Certificate = CertificateFingerprint.Of("a certificate"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("Ann")]
    [InlineData("aNN")]
    public async Task Who_has_the_certificate_is_in(string message)
    {
        var accounts = await WithAnnAsync();
        await accounts.Store.AddCertificateAsync(User("Ann"), Certificate, Token);

        Assert.Equal("ok Ann", await SendAsync(accounts.Begin("EXTERNAL", certificate: Certificate), message));
    }

    [Theory]
    [InlineData("Bob")]
    [InlineData("Ann\0")]
    [InlineData("Ännchen")]
    public async Task Nobody_is_in_as_somebody_else(string message)
    {
        var accounts = await WithAnnAsync();
        await accounts.Store.AddCertificateAsync(User("Ann"), Certificate, Token);

        Assert.StartsWith("no Nobody can log in as somebody else", await SendAsync(accounts.Begin("EXTERNAL", certificate: Certificate), message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_no_account_has_is_worth_nothing()
    {
        var accounts = await WithAnnAsync();
        await accounts.Store.AddCertificateAsync(User("Ann"), Certificate, Token);

        Assert.Equal(
            "no No account has your certificate",
            await SendAsync(accounts.Begin("EXTERNAL", certificate: CertificateFingerprint.Of("another"u8)), "Ann"));
    }
}
