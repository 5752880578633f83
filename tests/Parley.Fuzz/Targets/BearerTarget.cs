using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;

namespace Parley.Fuzz.Targets;

/// <summary>Tokens of an identity provider: an input as it is, which nobody has signed, and an input as claims, which the provider has.</summary>
internal static class BearerTarget
{
    private const string Issuer = "https://id.example";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256","typ":"JWT","kid":"1"}"""u8);
    private static readonly BearerValidator Validator = Create();

    public static void Run(ReadOnlyMemory<byte> input)
    {
        var (claims, fault) = Validate(Encoding.UTF8.GetString(input.Span));
        FuzzTarget.Require(claims is null && fault.Length > 0, "No token holds that the provider has not signed");

        var text = $"{Header}.{Base64Url.EncodeToString(input.Span)}";
        var signature = Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
        (claims, fault) = Validate($"{text}.{Base64Url.EncodeToString(signature)}");
        FuzzTarget.Require(claims is null ? fault.Length > 0 : claims.Identity is { Issuer: Issuer, Subject.Length: > 0 }, "A token says who somebody is, or what is wrong with it");
    }

#pragma warning disable VSTHRD002 // A target is a function. The keys are known, and so nothing is waited for.
    private static (BearerClaims? Claims, string Fault) Validate(string token)
        => Validator.ValidateAsync(token, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private static BearerValidator Create()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        var file = Path.Combine(Path.GetTempPath(), $"parley-keys-{Environment.ProcessId}.json");
        File.WriteAllText(
            file,
            $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":"1","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}]}""");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        var options = new OidcOptions(Issuer, ["parley"], file, "preferred_username") { Timeout = TimeSpan.FromSeconds(10) };
        var provider = new IdentityProvider(options, new ProviderHttp(options), TimeProvider.System, NullLogger<IdentityProvider>.Instance);
        return new BearerValidator(options, provider, TimeProvider.System);
    }
}
