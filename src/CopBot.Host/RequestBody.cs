using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace CopBot.Host;

/// <summary>Reads what a chat platform sends, as the bytes that it is proven by.</summary>
public static class RequestBody
{
    /// <summary>The bytes; null where they are more than <paramref name="largest"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, int largest, CancellationToken ct)
    {
        if (http.Request.ContentLength > largest)
            return null;

        // Everybody else may send much less.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest + 1;
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(body.GetMemory(4096), ct);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > largest)
                return null;
        }
    }
}
