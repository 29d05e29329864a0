// Folders of a site: /guide/ shows guide/index.html, and /guide leads to /guide/.
// ECMAScript 5.1 only, without modules: all of it is in the runtime cloudfront-js-2.0.

// an extension begins with a letter: 1.2.0 is a folder, and so are 3.x and 1.2.0.dev1
var EXTENSION = /\.(?:[a-z][a-z0-9_-]*|7z)$/i;
var OF_VERSION = /\.(?:x|(?:a|b|rc|dev|pre|post|alpha|beta)[0-9]*)$/i;

function handler(event) {
  var request = event.request;
  var name = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (name === '') {
    request.uri += 'index.html';
    return request;
  }
  if (EXTENSION.test(name) && !OF_VERSION.test(name)) {
    return request;
  }
  // two slashes at the start would lead to another host
  var location = request.uri.replace(/^[\/\\]+/, '/') + '/' + query(request.querystring);
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      'location': {value: location},
      'cache-control': {value: 'max-age=3600'}
    }
  };
}

// the query as it was sent: names and values are still encoded
function query(parameters) {
  var parts = [];
  for (var name in parameters) {
    var parameter = parameters[name];
    var all = parameter.multiValue || [parameter];
    for (var i = 0; i < all.length; i++) {
      parts.push(all[i].value === '' ? name : name + '=' + all[i].value);
    }
  }
  return parts.length ? '?' + parts.join('&') : '';
}
