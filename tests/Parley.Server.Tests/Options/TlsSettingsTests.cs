using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class TlsSettingsTests
{
    [Theory]
    [InlineData("tls-certificate")]
    [InlineData("tls-key")]
    public void A_certificate_and_its_key_come_together(string one)
    {
        var error = Assert.Single(Errors((one, "/some/file")));
        Assert.EndsWith("give both tls-certificate and tls-key, or neither", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_TLS_without_a_certificate_is_told_and_who_does_not_ask_is_not()
    {
        Assert.StartsWith("ircs: IRC over TLS needs a certificate: ", Assert.Single(Errors(("ircs", "127.0.0.1:6697"))), StringComparison.Ordinal);
        Assert.Empty(Errors(("ircs", "off")));
        Assert.Empty(Errors());
        Assert.Empty(Errors(("tls-certificate", "/some/file"), ("tls-key", "/some/other")));
    }

    private static IReadOnlyList<string> Errors(params (string Name, string Value)[] given)
    {
        try
        {
            SettingsReader.Read(name => given.Where(setting => setting.Name == name).Select(setting => setting.Value).SingleOrDefault(), _ => null, null);
            return [];
        }
        catch (SettingsException e)
        {
            return e.Errors;
        }
    }
}
