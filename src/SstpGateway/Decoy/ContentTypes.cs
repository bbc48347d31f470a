namespace SstpGateway.Decoy;

/// <summary>Which media type a file's name stands for, as in nginx's own table.</summary>
internal static class ContentTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html", [".htm"] = "text/html", [".shtml"] = "text/html",
        [".css"] = "text/css", [".xml"] = "text/xml", [".txt"] = "text/plain",
        [".js"] = "application/javascript", [".json"] = "application/json", [".wasm"] = "application/wasm",
        [".atom"] = "application/atom+xml", [".rss"] = "application/rss+xml",
        [".gif"] = "image/gif", [".jpeg"] = "image/jpeg", [".jpg"] = "image/jpeg",
        [".png"] = "image/png", [".avif"] = "image/avif",
        [".svg"] = "image/svg+xml", [".svgz"] = "image/svg+xml", [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff", [".webp"] = "image/webp",
        [".ico"] = "image/x-icon", [".bmp"] = "image/x-ms-bmp",
        [".woff"] = "font/woff", [".woff2"] = "font/woff2", [".eot"] = "application/vnd.ms-fontobject",
        [".pdf"] = "application/pdf", [".zip"] = "application/zip",
        [".rtf"] = "application/rtf", [".xhtml"] = "application/xhtml+xml",
        [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".m4a"] = "audio/x-m4a",
        [".mp4"] = "video/mp4", [".mpeg"] = "video/mpeg", [".mov"] = "video/quicktime", [".webm"] = "video/webm",
    };

    public static string Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path), Unknown);
}
