using System.Buffers.Text;
using System.Security.Cryptography;
using Parley.Server.Push;
using Parley.TestKit;

namespace Parley.Server.Tests.Push;

/// <summary>https://www.rfc-editor.org/rfc/rfc8291</summary>
public sealed class PushEncryptionTests
{
    /// <summary>The example of RFC 8291, section 5, with the values of its appendix A.</summary>
    [Fact]
    public void The_example_of_the_specification_comes_out()
    {
        var own = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var key = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = own[1..33], Y = own[33..] },
            D = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        });

        var body = PushEncryption.Encrypt(
            "When I grow up, I want to be a watermelon"u8,
            Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            key,
            Bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(510)]
    [InlineData(PushEncryption.MaxMessage - 1)]
    [InlineData(PushEncryption.MaxMessage)]
    public void A_device_reads_it_and_its_length_says_little(int length)
    {
        using var device = new PushDevice("https://push.example/1");
        var text = new string('x', length);

        var body = Encrypt(text, device);

        Assert.Equal(text, device.Decrypt(body));
        Assert.True(body.Length == 4096 || (body.Length - 103) % 128 == 0, $"{body.Length}");
        Assert.True(body.Length <= 4096);
        Assert.NotEqual(body, Encrypt(text, device));
    }

    [Fact]
    public void What_no_push_service_has_to_take_is_not_encrypted()
    {
        using var device = new PushDevice("https://push.example/1");

        Assert.Throws<ArgumentOutOfRangeException>(() => Encrypt(new string('x', PushEncryption.MaxMessage + 1), device));
    }

    [Fact]
    public void Another_device_reads_nothing()
    {
        using var device = new PushDevice("https://push.example/1");
        using var other = new PushDevice("https://push.example/1");

        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(Encrypt("secret", device)));
    }

    private static byte[] Encrypt(string text, PushDevice device)
        => PushEncryption.Encrypt(System.Text.Encoding.UTF8.GetBytes(text), Bytes(device.PublicKey), Bytes(device.Secret));

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
