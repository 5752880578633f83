using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Published configuration of an identity provider: its keys, and where people log in (https://openid.net/specs/openid-connect-discovery-1_0.html).</summary>
/// <remarks>
/// Keys come and go. They are fetched again when they are an hour old, and when a token names one that is not known, but then once
/// a minute at most: else whoever sends tokens could have this server ask the provider as often as it likes. What was fetched last
/// holds for a day where the provider does not answer.
/// </remarks>
internal sealed class IdentityProvider : IDisposable
{
    /// <summary>Age at which what is known is fetched again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <summary>Least time between two tries to fetch it.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxAgeWithoutAnswer = TimeSpan.FromDays(1);

    private readonly OidcOptions _options;
    private readonly HttpDocumentRetriever _documents;
    private readonly TimeProvider _time;
    private readonly ILogger<IdentityProvider> _logger;
    private readonly SemaphoreSlim _turn = new(1);

    private OpenIdConnectConfiguration? _known;
    private DateTimeOffset _fetched;
    private DateTimeOffset _tried;

    public IdentityProvider(OidcOptions options, ProviderHttp http, TimeProvider time, ILogger<IdentityProvider> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _documents = new HttpDocumentRetriever(http.Client) { RequireHttps = options.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase) };
    }

    /// <summary>Returns the provider's configuration, fetched if need be.</summary>
    /// <exception cref="IdentityProviderException">It is not known, or not any more.</exception>
    public Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellationToken)
        => GetAsync(now => now - _fetched > MaxAge, cancellationToken);

    /// <summary>Fetches the provider's configuration anew because something was missing in it; returns the same one if it was fetched just now.</summary>
    /// <exception cref="IdentityProviderException">It is not known, or not any more.</exception>
    public Task<OpenIdConnectConfiguration> RenewAsync(OpenIdConnectConfiguration lacking, CancellationToken cancellationToken)
        => GetAsync(_ => ReferenceEquals(_known, lacking), cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<OpenIdConnectConfiguration> GetAsync(Func<DateTimeOffset, bool> isStale, CancellationToken cancellationToken)
    {
        // One at a time: all who wait for the first then have what it has fetched.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            if ((_known is null || isStale(now)) && now - _tried >= MinInterval)
            {
                _tried = now;
                await FetchAsync(now, cancellationToken);
            }

            return _known is not null && now - _fetched <= MaxAgeWithoutAnswer
                ? _known : throw new IdentityProviderException("The identity provider does not answer");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FetchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            _known = _options.KeyFile is { } file ? await KeyFile.ReadAsync(file, _options.Issuer, cancellationToken) : await AskAsync(cancellationToken);
            _fetched = now;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has gone; that says nothing about the provider.
            _tried = default;
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or HttpRequestException or OperationCanceledException or SecurityTokenException or IdentityProviderException)
        {
            Log.IdentityProviderFailed(_logger, _options.Issuer, (e.InnerException ?? e).Message);
        }
    }

    private async Task<OpenIdConnectConfiguration> AskAsync(CancellationToken cancellationToken)
    {
        var published = await OpenIdConnectConfigurationRetriever.GetAsync(_options.DiscoveryAddress, _documents, cancellationToken);

        // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
        return string.Equals(published.Issuer, _options.Issuer, StringComparison.Ordinal) ? published
            : throw new IdentityProviderException($"It calls itself {published.Issuer}: give that as --oidc-issuer");
    }
}
