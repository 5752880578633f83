using Parley.Core.Accounts;

namespace Parley.Core.Tests.Accounts;

public sealed class CertificateFingerprintTests
{
    private const string Digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void It_is_the_SHA_256_of_the_bytes() => Assert.Equal(Digits, CertificateFingerprint.Of("abc"u8).Value);

    [Fact]
    public void It_is_read_as_programs_print_it()
    {
        var colons = string.Join(':', Digits.ToUpperInvariant().Chunk(2).Select(pair => new string(pair)));

        Assert.True(CertificateFingerprint.TryParse(Digits, out var plain));
        Assert.True(CertificateFingerprint.TryParse(colons, out var printed));
        Assert.Equal(CertificateFingerprint.Of("abc"u8), plain);
        Assert.Equal(plain, printed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")]
    public void Other_text_is_none(string text) => Assert.False(CertificateFingerprint.TryParse(text, out _));
}
