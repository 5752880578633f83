using System.Diagnostics.CodeAnalysis;
using Parley.Core.Text;

namespace Parley.Core.Accounts;

/// <summary>Somebody as an identity provider knows that person: a subject, which the provider gives to nobody else, ever.</summary>
/// <remarks>A name or an address in a token is no identity: a provider may let people change it, and give it to others later.</remarks>
public sealed record OutsideIdentity
{
    /// <summary>Longest subject in characters: https://openid.net/specs/openid-connect-core-1_0.html#IDToken.</summary>
    public const int MaxSubjectLength = 255;

    private const int MaxIssuerLength = 500;

    private OutsideIdentity(string issuer, string subject) => (Issuer, Subject) = (issuer, subject);

    /// <summary>The provider, by the URL that it calls itself.</summary>
    public string Issuer { get; }

    /// <summary>The person, by the provider's own mark, compared with case.</summary>
    public string Subject { get; }

    /// <summary>Puts an identity together; false if one of the parts can be none.</summary>
    public static bool TryCreate(string? issuer, string? subject, [NotNullWhen(true)] out OutsideIdentity? identity)
    {
        identity = issuer is { Length: > 0 and <= MaxIssuerLength }
            && AbsoluteUrl.TryParse(issuer, out _)
            && !issuer.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            && subject is { Length: > 0 and <= MaxSubjectLength }
            && !subject.Any(char.IsControl)
                ? new OutsideIdentity(issuer, subject) : null;
        return identity is not null;
    }

    /// <summary>The provider and the subject, parted by a blank.</summary>
    public override string ToString() => $"{Issuer} {Subject}";
}
