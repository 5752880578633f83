using System.Text;
using Parley.Server.Hooks;

namespace Parley.Server.Tests.Hooks;

public sealed class HookSignatureTests
{
    private const string Secret = "0123456789abcdef";

    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"main.1"}""");

    // printf '1780000000.{"id":"main.1"}' | openssl dgst -sha256 -hmac 0123456789abcdef
    [Fact]
    public void A_signature_is_what_other_programs_make_it()
        => Assert.Equal("t=1780000000,v1=927e40b8478be6e9e1035f248595080f8c7c7d1a034f0ab505c4a0641086aa26", HookSignature.Of(Body, Secret, Time));

    [Fact]
    public void A_signature_is_good_for_its_body_its_secret_and_its_time_and_for_nothing_else()
    {
        var signature = HookSignature.Of(Body, Secret, Time);
        var tolerance = TimeSpan.FromMinutes(5);

        Assert.True(HookSignature.IsValid(signature, Body, Secret, Time + tolerance, tolerance));
        Assert.False(HookSignature.IsValid(signature, Body, Secret, Time + tolerance + TimeSpan.FromSeconds(1), tolerance));
        Assert.False(HookSignature.IsValid(signature, [.. Body, (byte)' '], Secret, Time, tolerance));
        Assert.False(HookSignature.IsValid(signature, Body, Secret + "x", Time, tolerance));
        Assert.False(HookSignature.IsValid(signature.Replace("t=1780000000", "t=1780000001", StringComparison.Ordinal), Body, Secret, Time, tolerance));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1780000000")]
    [InlineData("t=x,v1=00")]
    [InlineData("v1=00,t=1780000000")]
    public void Other_texts_are_no_signatures(string value)
        => Assert.False(HookSignature.IsValid(value, Body, Secret, Time, TimeSpan.FromMinutes(5)));
}
