using Parley.Core.Text;

namespace Parley.Server.Options;

/// <summary>Where metrics and traces are sent: a URL, or what the environment says, or nowhere.</summary>
public readonly record struct OtlpTarget
{
    private readonly bool _isOff;

    private OtlpTarget(Uri? url, bool isOff) => (Url, _isOff) = (url, isOff);

    /// <summary>Where OpenTelemetry's own variables say, which is nowhere unless there are any.</summary>
    public static OtlpTarget Environment => default;

    /// <summary>Nowhere.</summary>
    public static OtlpTarget Off => new(null, isOff: true);

    /// <summary>The collector, to which the path of each signal is added; null: none is named here.</summary>
    public Uri? Url { get; }

    /// <summary>True if anything is to be sent.</summary>
    /// <param name="environment">What a variable holds.</param>
    public bool IsOn(Func<string, string?> environment)
        => Url is not null || (!_isOff && !string.IsNullOrEmpty(environment("OTEL_EXPORTER_OTLP_ENDPOINT")));

    /// <summary>Reads <c>http://host:4318</c>, <c>environment</c> or <c>off</c>.</summary>
    public static bool TryParse(string text, out OtlpTarget target)
    {
        var isUrl = AbsoluteUrl.TryParse(text, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
        var isOff = text.Equals("off", StringComparison.OrdinalIgnoreCase);
        target = new OtlpTarget(isUrl ? url : null, isOff);
        return isUrl || isOff || text.Equals("environment", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The form that is read.</summary>
    public override string ToString() => Url?.ToString() ?? (_isOff ? "off" : "environment");
}
