using Parley.Server.Connections;

namespace Parley.Server.Tests.Connections;

/// <summary>https://ircv3.net/specs/extensions/webirc, "Options".</summary>
public sealed class WebIrcOptionsTests
{
    private const string Fingerprint = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";

    [Fact]
    public void The_options_that_are_defined_are_read()
    {
        Assert.Equal(new WebIrcOptions(), WebIrcOptions.Parse(""));
        Assert.Equal(
            new WebIrcOptions(IsSecure: true, RemotePort: 21726, LocalPort: 6697),
            WebIrcOptions.Parse("secure=examplevalue local-port=6697 remote-port=21726"));
        Assert.Equal(
            new WebIrcOptions(IsSecure: true, CertificateFingerprint: Fingerprint.ToLowerInvariant()),
            WebIrcOptions.Parse($"secure  certfp-sha-256={Fingerprint}"));
    }

    /// <summary>"they MUST treat the options secure and secure=examplevalue123 in exactly the same way"</summary>
    [Fact]
    public void Secure_may_come_to_have_a_value()
        => Assert.Equal(WebIrcOptions.Parse("secure"), WebIrcOptions.Parse("secure=examplevalue123"));

    [Theory]
    [InlineData("remote-port")]
    [InlineData("remote-port=")]
    [InlineData("remote-port=65536")]
    [InlineData("remote-port=-1")]
    [InlineData("remote-port= 1")]
    [InlineData("SECURE")]
    [InlineData("unheard-of=1")]
    [InlineData("certfp-sha-256=0123")]
    [InlineData("certfp-sha-512=0123")]
    [InlineData("=")]
    public void What_cannot_be_read_was_not_said(string text) => Assert.Equal(new WebIrcOptions(), WebIrcOptions.Parse(text));
}
