using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

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

    [Fact]
    public void Whoever_checks_settings_is_told_of_a_certificate_that_will_not_do()
    {
        using var certificate = new TestCertificate();
        (string, string)[] given = [("tls-certificate", certificate.CertificateFile), ("tls-key", certificate.KeyFile)];
        Assert.Empty(Errors(SettingsReader.Check, given));

        File.WriteAllText(certificate.KeyFile, "nothing");
        Assert.StartsWith("tls-certificate: ", Assert.Single(Errors(SettingsReader.Check, given)), StringComparison.Ordinal);
        File.Delete(certificate.CertificateFile);
        Assert.StartsWith("tls-certificate: ", Assert.Single(Errors(SettingsReader.Check, given)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:7000", "127.0.0.1:7000", true)]
    [InlineData("*:7000", "127.0.0.1:7000", true)]
    [InlineData("127.0.0.1:7000", "0.0.0.0:7000", true)]
    [InlineData("127.0.0.1:7000", "127.0.0.2:7000", false)]
    [InlineData("127.0.0.1:7000", "127.0.0.1:7001", false)]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", false)]
    [InlineData("off", "off", false)]
    public void Two_listeners_on_one_port_of_one_address_are_told(string lines, string irc, bool isFault)
    {
        var errors = Errors(("lines", lines), ("irc", irc));

        Assert.Equal(isFault ? [$"irc: {ListenAddress.TryParse(irc, out var address)}"[..5]] : [], errors.Select(error => error[..5]));
        Assert.All(errors, error => Assert.EndsWith("is the address of lines: give another port, or leave one of them off", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_that_look_like_settings_are_told_and_those_that_others_make_are_not()
    {
        string[] names = ["PARLEY_HISTRY_DAYS", "PARLEY_HISTORY_DAYS", "PARLEY_SERVICE_HOST", "PARLEY_PORT", "PARLEY_PORT_6667_TCP", "PARLEY_LOGIN", "PARLEY_TICKET", "PARLOR_DATE", "HOME"];

        Assert.Equal(["PARLEY_HISTRY_DAYS: there is no such setting, and it changes nothing; did you mean PARLEY_HISTORY_DAYS?"], SettingsReader.UnknownVariables(names));
    }

    private static IReadOnlyList<string> Errors(params (string Name, string Value)[] given) => Errors(SettingsReader.Read, given);

    private static IReadOnlyList<string> Errors(
        Func<Func<string, string?>, Func<string, string?>, string?, ParleyOptions> read, params (string Name, string Value)[] given)
    {
        try
        {
            read(name => given.Where(setting => setting.Name == name).Select(setting => setting.Value).SingleOrDefault(), _ => null, null);
            return [];
        }
        catch (SettingsException e)
        {
            return e.Errors;
        }
    }
}
