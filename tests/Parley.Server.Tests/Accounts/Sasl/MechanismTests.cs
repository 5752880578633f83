using Parley.Core.Accounts;
using Parley.Server.Accounts.Sasl;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts.Sasl;

public sealed class MechanismTests
{
    private static readonly SaslPeer WithCertificate = new(Somewhere, CertificateFingerprint.Of("a certificate"u8));
    private static readonly SaslPeer Without = new(Somewhere);

    [Fact]
    public void EXTERNAL_is_for_clients_with_a_certificate()
    {
        var mechanisms = new TestAccounts().Mechanisms;

        Assert.Equal(["SCRAM-SHA-256", "PLAIN"], mechanisms.For(Without));
        Assert.Equal(["EXTERNAL", "SCRAM-SHA-256", "PLAIN"], mechanisms.For(WithCertificate));
        Assert.Null(mechanisms.Begin("EXTERNAL", Without));
    }

    [Fact]
    public void All_that_are_offered_can_be_begun_in_any_case_and_no_others()
    {
        var mechanisms = new TestAccounts().Mechanisms;

        Assert.All(mechanisms.For(WithCertificate), name => Assert.NotNull(mechanisms.Begin(name.ToLowerInvariant(), WithCertificate)));
        Assert.All(["", "SCRAM-SHA-1", "SCRAM-SHA-256-PLUS", "PLAIN ", "LOGIN"], name => Assert.Null(mechanisms.Begin(name, WithCertificate)));
    }
}
