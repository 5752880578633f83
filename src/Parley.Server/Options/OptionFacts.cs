namespace Parley.Server.Options;

/// <summary>Conclusions from settings.</summary>
internal static class OptionFacts
{
    extension(ParleyOptions options)
    {
        /// <summary>A setting in the words of whoever sets it: <c>--collect-room ROOM</c>, or <c>ParleyOptions.CollectRoom</c>.</summary>
        internal string NameOf(string setting, string placeholder)
            => options.IsEmbedded ? $"{nameof(ParleyOptions)}.{Setting.All.First(each => each.Name == setting).PropertyName}" : $"--{setting} {placeholder}";

        /// <summary>Bytes that history may take up; 0: any number.</summary>
        internal long MaxHistoryBytes => options.HistoryMegabytes * 1024L * 1024;

        /// <summary>The limit of an IPv6 /48, by that of a /64 in it.</summary>
        internal int OfSite(int limit) => options.Ipv6SiteFactor == 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, (long)limit * options.Ipv6SiteFactor);

        /// <summary>Where push services reach whoever runs the server; null where that is not known.</summary>
        internal string? PushContact => !ParleyOptions.IsNone(options.AdminEmail) && options.AdminEmail.Contains('@', StringComparison.Ordinal) ? $"mailto:{options.AdminEmail}" : null;

        /// <summary>True if passwords are not this server's: a program decides on them.</summary>
        internal bool HasAuthCommand => !ParleyOptions.IsNone(options.AuthCommand);

        /// <summary>True if something is listened for that takes the certificate.</summary>
        internal bool UsesTls
            => options.HasTls && new[] { options.Ircs, options.LinesTls, options.AddressedTls, options.Https }.Any(listener => listener.EndPoint is not null);

        /// <summary>True if there is a certificate, so that something can be encrypted.</summary>
        internal bool HasTls => !ParleyOptions.IsNone(options.TlsCertificate);
    }
}
