namespace Parley.Server.Accounts.Sasl;

/// <summary>State of a SASL message after one more parameter of AUTHENTICATE.</summary>
internal enum SaslChunkResult
{
    /// <summary>It goes on.</summary>
    More,

    /// <summary>It is there.</summary>
    Complete,

    /// <summary>The parameter, or all of them together, is longer than allowed (ERR_SASLTOOLONG).</summary>
    TooLong,

    /// <summary>It is not base64 (ERR_SASLFAIL).</summary>
    Malformed,
}
